// Where a seal may stand: wholly on the page, in tenths of a millimetre.
import type { PageSize } from "@hulian/pdf-view";
import type { Mark, Slice } from "../../shared/types";

export interface Size {
  width_mm: number;
  height_mm: number;
}

export interface Point {
  x_mm: number;
  y_mm: number;
}

const tenths = (value: number) => Math.round(value * 10) / 10;

/** The seal's size is a whole; the largest corner is rounded down, so that rounding never pushes it over the edge. */
function inside(value: number, room: number): number {
  const largest = Math.max(0, Math.floor(room * 10 + 1e-6) / 10);
  return Math.min(largest, Math.max(0, tenths(value)));
}

/** The lower left corner nearest to `corner` at which the whole seal is on the page. */
export function snapInside(page: PageSize, seal: Size, corner: Point): Point {
  return { x_mm: inside(corner.x_mm, page.width_mm - seal.width_mm), y_mm: inside(corner.y_mm, page.height_mm - seal.height_mm) };
}

/** The corner of a seal whose middle is at `middle`. */
export function cornerFor(middle: Point, seal: Size): Point {
  return { x_mm: middle.x_mm - seal.width_mm / 2, y_mm: middle.y_mm - seal.height_mm / 2 };
}

/** In the middle of an edge, where a straddle seal begins its life. */
export function middleOf(page: PageSize, seal: Size): Point {
  return snapInside(page, seal, cornerFor({ x_mm: page.width_mm / 2, y_mm: page.height_mm / 2 }, seal));
}

/** A mark as it will be when the place that is being dragged arrives: what moves with the hand does not wait for the answer. */
export function follow(mark: Mark, slice: Slice | null, page: PageSize, seal: Size, corner: Point): Mark {
  const to = snapInside(page, seal, corner);
  if (!slice) return { ...mark, ...to };
  return slice.edge === "left" || slice.edge === "right" ? { ...mark, y_mm: to.y_mm } : { ...mark, x_mm: to.x_mm };
}

const STEP_MM = 1;
const FINE_STEP_MM = 0.1;

/** The way an arrow key moves a seal, or nothing for other keys. */
export function nudge(key: string, fine: boolean): Point | null {
  const step = fine ? FINE_STEP_MM : STEP_MM;
  switch (key) {
    case "ArrowLeft":
      return { x_mm: -step, y_mm: 0 };
    case "ArrowRight":
      return { x_mm: step, y_mm: 0 };
    case "ArrowUp":
      return { x_mm: 0, y_mm: step };
    case "ArrowDown":
      return { x_mm: 0, y_mm: -step };
    default:
      return null;
  }
}
