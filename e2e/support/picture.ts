// QR codes as a camera sees them: a film for the fake camera, and a photo for the album.
import { writeFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { encode } from "uqr";

/** Grey values, row by row, with the code in the middle of a light page. */
function draw(text: string, width: number, height: number): Uint8Array {
  const code = encode(text, { ecc: "M", border: 4 });
  const scale = Math.floor((Math.min(width, height) * 0.9) / code.size);
  const left = Math.floor((width - code.size * scale) / 2);
  const top = Math.floor((height - code.size * scale) / 2);
  const grey = new Uint8Array(width * height).fill(225);
  for (let y = 0; y < code.size * scale; y++) {
    for (let x = 0; x < code.size * scale; x++) {
      const dark = code.data[Math.floor(y / scale)]?.[Math.floor(x / scale)] ?? false;
      grey[(top + y) * width + left + x] = dark ? 20 : 240;
    }
  }
  return grey;
}

export const FILM_WIDTH = 640;
export const FILM_HEIGHT = 480;

/** A film of a still grey picture of 640 x 480: YUV4MPEG2, 4:2:0, no colour. */
export function writeFilm(path: string, grey: Uint8Array): string {
  const frame = Buffer.concat([Buffer.from("FRAME\n"), grey, Buffer.alloc(grey.length / 2, 128)]);
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${FILM_WIDTH} H${FILM_HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), frame, frame, frame]));
  return path;
}

/** A film of a code that no screen shows. */
export const filmOf = (path: string, text: string): string => writeFilm(path, draw(text, FILM_WIDTH, FILM_HEIGHT));

/** A photo of the code: PNG, 8-bit grey. */
export function photo(text: string, width = 1200, height = 1600): Buffer {
  const grey = draw(text, width, height);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(grey.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const out = Buffer.alloc(8 + body.length);
  out.writeUInt32BE(data.length, 0);
  out.set(body, 4);
  out.writeUInt32BE(crc32(body), 4 + body.length);
  return out;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
