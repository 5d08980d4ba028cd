// Draws the app's icons into public/: the same shapes as SVG for browsers and as PNG for home screens, which want
// pixels. Run `node icons/make.mjs` after a change; the results are committed, so that a build needs no drawing.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";

const OUT = fileURLToPath(new URL("../public/", import.meta.url));
const INK = [0x0e, 0x3f, 0x9c];
const LIGHT = [0x1f, 0x6f, 0xd6];
const SEAL = [0xff, 0xff, 0xff];
const STAR = [0xff, 0x5a, 0x52];

const star = Array.from({ length: 10 }, (_, at) => {
  const [radius, angle] = [at % 2 ? 0.076 : 0.19, (at * Math.PI) / 5 - Math.PI / 2];
  return [0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle)];
});

function inStar(x, y) {
  let inside = false;
  for (let a = 0, b = 9; a < 10; b = a++) {
    const [[ax, ay], [bx, by]] = [star[a], star[b]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Two links of a chain around a star: 互连, and a seal. `corner` 0.5 would be a circle, 0 a square. */
function colour(x, y, corner, scale) {
  const [dx, dy] = [Math.max(Math.abs(x - 0.5) - (0.5 - corner), 0), Math.max(Math.abs(y - 0.5) - (0.5 - corner), 0)];
  if (corner > 0 && Math.hypot(dx, dy) > corner) return [0, 0, 0, 0];
  const [u, v] = [0.5 + (x - 0.5) / scale, 0.5 + (y - 0.5) / scale];
  if (inStar(u, v)) return [...STAR, 255];
  const r = Math.hypot(u - 0.5, v - 0.5);
  const gap = Math.abs(u - 0.5) < 0.055;
  if (r > 0.285 && r < 0.36 && !gap) return [...SEAL, 255];
  const t = (x + y) / 2;
  return [...INK.map((from, at) => Math.round(from + (LIGHT[at] - from) * t)), 255];
}

function pixels(size, corner, scale) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  const sub = 4;
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const sum = [0, 0, 0, 0];
      for (let at = 0; at < sub * sub; at++) {
        const [r, g, b, a] = colour((column + ((at % sub) + 0.5) / sub) / size, (row + (Math.floor(at / sub) + 0.5) / sub) / size, corner, scale);
        sum[0] += r * a; sum[1] += g * a; sum[2] += b * a; sum[3] += a;
      }
      const to = row * (size * 4 + 1) + 1 + column * 4;
      for (let c = 0; c < 3; c++) rows[to + c] = sum[3] ? Math.round(sum[c] / sum[3]) : 0;
      rows[to + 3] = Math.round(sum[3] / (sub * sub));
    }
  return rows;
}

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return (crc ^ -1) >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function png(size, corner, scale) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", head), chunk("IDAT", deflateSync(pixels(size, corner, scale), { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

const hex = (rgb) => `#${rgb.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
const points = star.map((pair) => pair.map((c) => (c * 512).toFixed(1)).join(",")).join(" ");
const arc = (side) => {
  const [r, half] = [0.3225 * 512, 0.055 * 512];
  const h = Math.sqrt(r * r - half * half);
  const x = 256 + side * half;
  return `M${x.toFixed(1)} ${(256 - h).toFixed(1)}A${r.toFixed(1)} ${r.toFixed(1)} 0 0 ${side > 0 ? 1 : 0} ${x.toFixed(1)} ${(256 + h).toFixed(1)}`;
};
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="${hex(INK)}"/><stop offset="1" stop-color="${hex(LIGHT)}"/></linearGradient></defs><rect width="512" height="512" rx="115" fill="url(#g)"/><path d="${arc(1)}${arc(-1)}" fill="none" stroke="#fff" stroke-width="38.4"/><polygon points="${points}" fill="${hex(STAR)}"/></svg>\n`;

mkdirSync(OUT, { recursive: true });
writeFileSync(`${OUT}icon.svg`, svg);
writeFileSync(`${OUT}icon-192.png`, png(192, 0.225, 1));
writeFileSync(`${OUT}icon-512.png`, png(512, 0.225, 1));
// Systems cut a maskable icon to their own shape: square to the edge, the drawing within the safe circle.
writeFileSync(`${OUT}icon-maskable-512.png`, png(512, 0, 0.82));
writeFileSync(`${OUT}apple-touch-icon.png`, png(180, 0, 0.9));
