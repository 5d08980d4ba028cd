// How large pages are drawn: a number (1 is true size), or what fits.
import { CSS_PX_PER_MM, type PageSize } from "./geometry.ts";
import { GAP_PX } from "./layout.ts";

export type Zoom = number | "width" | "page";

export const ZOOM_MIN = 0.5;
export const ZOOM_MAX = 4;
const STEPS = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];
/** A page of a metre still fits; below this nothing can be read nor aimed at. */
const FIT_MIN = 0.1;

export function clampZoom(zoom: number): number {
  return Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, zoom));
}

/** The next step up or down from any zoom, also from one that fitted. */
export function stepZoom(scale: number, up: boolean): number {
  const next = up ? STEPS.find((step) => step > scale + 0.005) : STEPS.filter((step) => step < scale - 0.005).at(-1);
  return next ?? (up ? ZOOM_MAX : ZOOM_MIN);
}

/** A wheel turned by `delta` pixels: equal turns are equal factors, so that there and back is where it was. */
export function wheelZoom(scale: number, delta_px: number): number {
  return clampZoom(scale * Math.exp(-Math.max(-200, Math.min(200, delta_px)) / 400));
}

/** The size that most pages have: what "fit width" fits, since a few large plans should not make all text small. */
export function usualSize(sizes: readonly PageSize[]): PageSize | undefined {
  const counts = new Map<number, { size: PageSize; count: number }>();
  for (const size of sizes) {
    const entry = counts.get(Math.round(size.width_mm)) ?? { size, count: 0 };
    entry.count += 1;
    counts.set(Math.round(size.width_mm), entry);
  }
  return [...counts.values()].reduce<{ size: PageSize; count: number } | undefined>((best, entry) => (!best || entry.count > best.count ? entry : best), undefined)?.size;
}

/** The scale for a zoom, given the room and the page that should fit. */
export function scaleOf(zoom: Zoom, page: PageSize | undefined, room: { width: number; height: number }): number {
  if (typeof zoom === "number") return clampZoom(zoom);
  if (!page || room.width <= 0 || room.height <= 0) return 1;
  const width = (room.width - 2 * GAP_PX) / (page.width_mm * CSS_PX_PER_MM);
  const height = (room.height - 2 * GAP_PX) / (page.height_mm * CSS_PX_PER_MM);
  const fitting = zoom === "width" ? width : Math.min(width, height);
  return Math.min(ZOOM_MAX, Math.max(FIT_MIN, fitting));
}
