// A code in a picture from the album. Photos of today have fifty million points and more: they are drawn smaller before
// anything looks at them, and larger only when nothing was found.
import { firstText } from "./decoder";

const BYTES_MAX = 40 * 1024 * 1024;
/** Longest sides to try, in points. A screenshot is read at the first; a code in the corner of a big photo at the second. */
export const SIDES: readonly number[] = [1280, 2600, 640];

export type PictureResult = { text: string } | { refused: "too_big" | "not_a_picture" | "no_code" };

/** The size whose longer side is at most `side`; never larger than the picture itself. */
export function fit(width: number, height: number, side: number): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function draw(image: HTMLImageElement, side: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const size = fit(image.naturalWidth, image.naturalHeight, side);
  Object.assign(canvas, size);
  const context = canvas.getContext("2d");
  if (context) {
    // Codes with a transparent ground are black on black otherwise.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, size.width, size.height);
    context.drawImage(image, 0, 0, size.width, size.height);
  }
  return canvas;
}

export async function readPicture(file: File): Promise<PictureResult> {
  if (file.size > BYTES_MAX) return { refused: "too_big" };
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    const opened = await image.decode().then(
      () => image.naturalWidth > 0,
      () => false,
    );
    if (!opened) return { refused: "not_a_picture" };
    for (const side of SIDES) {
      const text = await firstText(draw(image, side));
      if (text !== null) return { text };
    }
    return { refused: "no_code" };
  } finally {
    URL.revokeObjectURL(address);
  }
}
