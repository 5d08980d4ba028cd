// What a person brings to the camera, the album or the keyboard, judged before anything is asked of the server.

/** Crockford's base 32: no I, L, O and U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LOOKALIKE: Record<string, string> = { O: "0", I: "1", L: "1" };
export const SHORT_CODE_LENGTH = 8;
/** A code is an address; whatever is longer is not ours, and is not looked at. */
const TEXT_MAX = 2048;

/** Forgives case, spaces, dashes, full-width forms and letters that look like digits; keeps at most eight characters. */
export function tidyShortCode(typed: string): string {
  const characters = [...typed.slice(0, 64).normalize("NFKC").toUpperCase()];
  return characters
    .map((c) => LOOKALIKE[c] ?? c)
    .filter((c) => ALPHABET.includes(c))
    .join("")
    .slice(0, SHORT_CODE_LENGTH);
}

/** As the asker shows it: two groups of four. */
export function groupShortCode(code: string): string {
  return code.length > 4 ? `${code.slice(0, 4)} ${code.slice(4)}` : code;
}

export type Judged =
  | { is: "ours"; code: string }
  /** An address of this server, but no code in it. */
  | { is: "malformed" }
  /** Shaped like a code, but of another server: a test system's, or bait. */
  | { is: "foreign"; host: string }
  /** Some other code: a web page, a parcel, a friend. */
  | { is: "other" };

/** `codeOf` is the core's, which knows the exact form; here the rest gets its own words. */
export function judgeText(text: string, codeOf: (text: string) => string | null, origin: string): Judged {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > TEXT_MAX) return { is: "other" };
  const code = codeOf(trimmed);
  if (code !== null) return { is: "ours", code };
  if (!URL.canParse(trimmed)) return { is: "other" };
  const address = new URL(trimmed);
  if (address.origin === origin) return { is: "malformed" };
  const shaped = /^https?:$/.test(address.protocol) && /^\/s\/[A-Za-z0-9_-]{22}$/.test(address.pathname);
  return shaped ? { is: "foreign", host: address.host } : { is: "other" };
}
