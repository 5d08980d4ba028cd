// One way of telling places: millimetres from the lower left corner of the page as a reader sees it. The server and
// the sealing library speak the same; only what comes out of the PDF itself is in user space and turned here.

export const CSS_PX_PER_MM = 96 / 25.4;
const MM_PER_POINT = 25.4 / 72;

export interface PageSize {
  width_mm: number;
  height_mm: number;
}

export interface Box {
  x_mm: number;
  y_mm: number;
  width_mm: number;
  height_mm: number;
}

export interface PixelBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What a reader shows of a page: the CropBox within the MediaBox, turned clockwise, in units of `userUnit` points. */
export interface UserSpace {
  view: readonly [left: number, bottom: number, right: number, top: number];
  rotate: number;
  userUnit: number;
}

/** The size of a page as seen. */
export function sizeAsSeen({ view, rotate, userUnit }: UserSpace): PageSize {
  const [left, bottom, right, top] = view;
  const across = (right - left) * userUnit * MM_PER_POINT;
  const up = (top - bottom) * userUnit * MM_PER_POINT;
  return rotate % 180 === 0 ? { width_mm: across, height_mm: up } : { width_mm: up, height_mm: across };
}

/** A rectangle of user space (any two opposite corners) as seen. */
export function boxAsSeen(space: UserSpace, corners: readonly [number, number, number, number]): Box {
  const [x1, y1] = pointAsSeen(space, corners[0], corners[1]);
  const [x2, y2] = pointAsSeen(space, corners[2], corners[3]);
  return { x_mm: Math.min(x1, x2), y_mm: Math.min(y1, y2), width_mm: Math.abs(x2 - x1), height_mm: Math.abs(y2 - y1) };
}

function pointAsSeen({ view, rotate, userUnit }: UserSpace, x: number, y: number): [number, number] {
  const [left, bottom, right, top] = view;
  const scale = userUnit * MM_PER_POINT;
  // The corner seen at the lower left is, for a page turned by 90 degrees, the lower right one of user space, and so on around.
  switch (((rotate % 360) + 360) % 360) {
    case 90:
      return [(y - bottom) * scale, (right - x) * scale];
    case 180:
      return [(right - x) * scale, (top - y) * scale];
    case 270:
      return [(top - y) * scale, (x - left) * scale];
    default:
      return [(x - left) * scale, (y - bottom) * scale];
  }
}

/** Where a box lies on a page drawn at `scale` (1 is true size), from the page's upper left corner. */
export function toPixels(page: PageSize, box: Box, scale: number): PixelBox {
  const unit = CSS_PX_PER_MM * scale;
  return {
    left: box.x_mm * unit,
    top: (page.height_mm - box.y_mm - box.height_mm) * unit,
    width: box.width_mm * unit,
    height: box.height_mm * unit,
  };
}

/** The other way round, for a point. */
export function toMillimetres(page: PageSize, left_px: number, top_px: number, scale: number): { x_mm: number; y_mm: number } {
  const unit = CSS_PX_PER_MM * scale;
  return { x_mm: left_px / unit, y_mm: page.height_mm - top_px / unit };
}
