// Which square of a picture is kept: the whole short side at zoom 1, moved and drawn nearer with a finger.
import type { Part } from "../../shared/photo";

export interface Crop {
  /** 1 to 4. */
  zoom: number;
  /** Where the middle of the square is, as parts of width and height. */
  x: number;
  y: number;
}

export const ZOOM_MAX = 4;
export const CENTRE: Crop = { zoom: 1, x: 0.5, y: 0.5 };

export interface Size {
  width: number;
  height: number;
}

const between = (least: number, value: number, most: number): number => Math.min(Math.max(value, least), most);

/** The same crop where the square stays inside the picture. */
export function held(crop: Crop, { width, height }: Size): Crop {
  const zoom = between(1, crop.zoom, ZOOM_MAX);
  const side = Math.min(width, height) / zoom;
  const inside = (value: number, length: number) => between(side / 2 / length, value, 1 - side / 2 / length);
  return { zoom, x: inside(crop.x, width), y: inside(crop.y, height) };
}

/** The square, in pixels of the picture. */
export function square(crop: Crop, size: Size): Part {
  const { zoom, x, y } = held(crop, size);
  const side = Math.min(size.width, size.height) / zoom;
  return { x: x * size.width - side / 2, y: y * size.height - side / 2, width: side, height: side };
}

/** The crop after a finger has moved by so many parts of the square's side. */
export function moved(crop: Crop, dx: number, dy: number, size: Size): Crop {
  const side = Math.min(size.width, size.height) / crop.zoom;
  return held({ ...crop, x: crop.x - (dx * side) / size.width, y: crop.y - (dy * side) / size.height }, size);
}
