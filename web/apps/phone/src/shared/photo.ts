// A photo as it leaves the phone: upright, no larger than it needs to be, and without what cameras write into files (where, when, by
// which phone). Drawing it anew is what takes all of that away.
const SIDE_MAX = 2000;
const QUALITY = 0.9;

/** Not a picture that this browser can read. */
export class NoPicture extends Error {}

/** Whole pixels within the largest side, never enlarged. */
export function fitted(width: number, height: number, most = SIDE_MAX): { width: number; height: number } {
  const scale = Math.min(1, most / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export async function photoOf(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (picture === null) throw new NoPicture();
  try {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, fitted(picture.width, picture.height));
    const paint = canvas.getContext("2d");
    if (paint === null) throw new NoPicture();
    // JPEG knows no transparency.
    paint.fillStyle = "#fff";
    paint.fillRect(0, 0, canvas.width, canvas.height);
    paint.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (made === null) throw new NoPicture();
    return made;
  } finally {
    picture.close();
  }
}
