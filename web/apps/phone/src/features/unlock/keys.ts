// The order of the keys. A shuffled pad tells nothing to who watches the finger, and costs the person some speed:
// so it is their choice, kept on this phone.
const SETTING = "hulian.pad.shuffled";

export const PLAIN_KEYS: readonly string[] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

/** A fair shuffle (Fisher and Yates); `below(n)` draws from 0 to n-1. */
export function shuffledKeys(below: (n: number) => number = randomBelow): string[] {
  const keys = [...PLAIN_KEYS];
  for (let i = keys.length - 1; i > 0; i -= 1) {
    const j = below(i + 1);
    const [a, b] = [keys[i] as string, keys[j] as string];
    [keys[i], keys[j]] = [b, a];
  }
  return keys;
}

/** Draws again where a plain remainder would favour the low numbers. */
function randomBelow(n: number): number {
  const limit = 256 - (256 % n);
  for (;;) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0] as number;
    if (byte < limit) return byte % n;
  }
}

export function wantsShuffled(): boolean {
  try {
    return localStorage.getItem(SETTING) === "yes";
  } catch {
    return false; // Storage refused: the plain order it is.
  }
}

export function setShuffled(shuffled: boolean): void {
  try {
    localStorage.setItem(SETTING, shuffled ? "yes" : "no");
  } catch {
    // Storage refused: the wish holds for this page only.
  }
}
