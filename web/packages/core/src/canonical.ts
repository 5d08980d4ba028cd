// RFC 8785 for what our statements hold: objects, lists, text, integers, millimetres, booleans, null.
import { utf8, type Bytes } from "./bytes";

export type Json = string | number | boolean | null | Json[] | { [member: string]: Json };

/** ECMAScript is what RFC 8785 took its number and string forms from; only order and surrogates are left to do. */
export function canonical(value: Json): string {
  if (typeof value === "string" || typeof value === "number") return scalar(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${scalar(name)}:${canonical(member)}`).join(",")}}`;
}

function scalar(value: string | number): string {
  if (typeof value === "number" ? !Number.isFinite(value) : !isWellFormed(value)) throw new RangeError("no canonical form");
  return JSON.stringify(value);
}

/** `String.prototype.isWellFormed` is younger than the browsers we meet. */
function isWellFormed(text: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

export function canonicalBytes(value: Json): Bytes {
  return utf8(canonical(value));
}
