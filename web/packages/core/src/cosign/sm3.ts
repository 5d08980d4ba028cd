// SM3 (GB/T 32905): the hash of everything SM2.
import { concat, utf8, type Bytes } from "../bytes";
import { framed } from "./message";

const IV = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e] as const;

const rotate = (value: number, bits: number): number => (value << bits % 32) | (value >>> (32 - (bits % 32)));
const p0 = (x: number): number => x ^ rotate(x, 9) ^ rotate(x, 17);
const p1 = (x: number): number => x ^ rotate(x, 15) ^ rotate(x, 23);

/** Appends the bit 1, zeros, and the length in bits as 64 bits, to a multiple of 64 bytes. */
function padded(message: Uint8Array): DataView {
  const out = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  out.set(message);
  out[message.length] = 0x80;
  const view = new DataView(out.buffer);
  view.setBigUint64(out.length - 8, BigInt(message.length) * 8n);
  return view;
}

function compress(state: Int32Array, block: DataView, at: number): void {
  const w = new Int32Array(68);
  const get = (index: number): number => w[index] ?? 0;
  for (let j = 0; j < 16; j++) w[j] = block.getInt32(at + j * 4);
  for (let j = 16; j < 68; j++) {
    w[j] = p1(get(j - 16) ^ get(j - 9) ^ rotate(get(j - 3), 15)) ^ rotate(get(j - 13), 7) ^ get(j - 6);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let j = 0; j < 64; j++) {
    const early = j < 16;
    const a12 = rotate(a, 12);
    const ss1 = rotate((a12 + e + rotate(early ? 0x79cc4519 : 0x7a879d8a, j)) | 0, 7);
    const ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = early ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ a12) + (get(j) ^ get(j + 4))) | 0;
    const tt2 = (gg + h + ss1 + get(j)) | 0;
    [d, c, b, a] = [c, rotate(b, 9), a, tt1];
    [h, g, f, e] = [g, rotate(f, 19), e, p0(tt2)];
  }
  [a, b, c, d, e, f, g, h].forEach((value, index) => (state[index] = (state[index] ?? 0) ^ value));
}

export function sm3(message: Uint8Array): Bytes {
  const state = Int32Array.from(IV);
  const blocks = padded(message);
  for (let at = 0; at < blocks.byteLength; at += 64) compress(state, blocks, at);
  const out = new Uint8Array(32);
  const view = new DataView(out.buffer);
  state.forEach((word, index) => view.setInt32(index * 4, word));
  return out;
}

/** SM3 over a label and parts, each behind its length. */
export function sm3Labelled(label: string, parts: Uint8Array[]): Bytes {
  return sm3(concat(framed(utf8(label)), framed(...parts)));
}
