// Photos on their way to the server: upright, no larger than needed, and handed in once.
import { take, useApi } from "./useApi";

/** Longest side of a paper's photo: more shows nothing more to a reader, and only makes people wait. */
const PAPER_PX_MAX = 2600;
const QUALITY = 0.9;

/** The part of a picture that is kept, in its own pixels. */
export interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Draws a part of a picture, scaled down to `most` pixels on its longest side, as JPEG on white. */
export async function drawn(picture: ImageBitmap, part: Part, most: number): Promise<Blob> {
  const scale = Math.min(1, most / Math.max(part.width, part.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(part.width * scale));
  canvas.height = Math.max(1, Math.round(part.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, part.x, part.y, part.width, part.height, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("not drawn"))), "image/jpeg", QUALITY));
}

/** A picture as people hold it; the code `material_type_invalid` when the file is none that a browser shows. */
export async function decoded(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw { code: "material_type_invalid" };
  }
}

/** A paper as it is handed in: photos scaled down, PDF files as they are. */
export async function paper(file: File): Promise<Blob> {
  if (file.type === "application/pdf") return file;
  const picture = await decoded(file);
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  return drawn(picture, whole, PAPER_PX_MAX);
}

/** Hands a file in; its id. What nothing relies on within a day is forgotten. */
export async function handIn(file: Blob): Promise<string> {
  // The bytes go as they are, whatever the described API makes of bytes.
  const raw = { body: file as never, bodySerializer: (body: unknown) => body as Blob, headers: { "Content-Type": "application/octet-stream" } };
  return (await take(useApi().POST("/api/v1/materials", raw))).material_id;
}
