// Where every page lies in one long scroll. Only arithmetic: a thousand pages cost nothing until they are seen.
import { CSS_PX_PER_MM, type PageSize } from "./geometry.ts";

export interface Layout {
  /** Upper edge of each page. */
  tops: Float64Array;
  widths: Float64Array;
  heights: Float64Array;
  /** Of the whole scroll, margins included. */
  width: number;
  height: number;
}

/** A place that stays where it is when the zoom changes: a point of a page, in parts of its size. */
export interface Anchor {
  /** From 0. */
  index: number;
  across: number;
  down: number;
}

export const GAP_PX = 16;

export function layOut(sizes: readonly PageSize[], scale: number, room_px: number, below_px = 0): Layout {
  const count = sizes.length;
  const [tops, widths, heights] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  let top = GAP_PX;
  let widest = 0;
  sizes.forEach((size, index) => {
    widths[index] = size.width_mm * CSS_PX_PER_MM * scale;
    heights[index] = size.height_mm * CSS_PX_PER_MM * scale;
    tops[index] = top;
    top += at(heights, index) + below_px + GAP_PX;
    widest = Math.max(widest, at(widths, index));
  });
  return { tops, widths, heights, width: Math.max(room_px, widest + 2 * GAP_PX), height: top };
}

/** Pages stand in the middle of the scroll. */
export function leftOf(layout: Layout, index: number): number {
  return (layout.width - at(layout.widths, index)) / 2;
}

/** The last page that begins at or above `y`, from 0. */
export function pageAt(layout: Layout, y: number): number {
  let [low, high] = [0, layout.tops.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(layout.tops, middle) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Pages that are at least partly between `top` and `top + height`, and `spare` more on either side. */
export function pagesInView(layout: Layout, top: number, height: number, spare = 1): number[] {
  const count = layout.tops.length;
  if (count === 0) return [];
  const first = Math.max(0, pageAt(layout, top) - spare);
  const last = Math.min(count - 1, pageAt(layout, top + height) + spare);
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}

export function anchorAt(layout: Layout, x: number, y: number): Anchor {
  const index = pageAt(layout, y);
  return {
    index,
    across: (x - leftOf(layout, index)) / (at(layout.widths, index) || 1),
    down: (y - at(layout.tops, index)) / (at(layout.heights, index) || 1),
  };
}

export function placeOf(layout: Layout, anchor: Anchor): { x: number; y: number } {
  const index = Math.min(Math.max(0, anchor.index), layout.tops.length - 1);
  return {
    x: leftOf(layout, index) + anchor.across * at(layout.widths, index),
    y: at(layout.tops, index) + anchor.down * at(layout.heights, index),
  };
}

function at(numbers: Float64Array, index: number): number {
  return numbers[index] ?? 0;
}
