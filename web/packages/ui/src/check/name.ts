// Names as the server takes them, so that a slip is told before anything is sent.

/** A person's name in the spelling of a mainland document: 2 to 50 Chinese characters, single middle dots between them. */
export function personName(typed: string): string | null {
  const name = typed.trim().replace(/[•・．]/g, "·");
  const length = [...name].length;
  return length >= 2 && length <= 50 && /^\p{Script=Han}+(·\p{Script=Han}+)*$/u.test(name) ? name : null;
}

/** A unit's name as on its licence, with full-width brackets. */
export function unitName(typed: string): string | null {
  const name = typed.trim().replaceAll("(", "（").replaceAll(")", "）");
  const length = [...name].length;
  return length >= 2 && length <= 100 && /^[\p{Alphabetic}\p{N}（）·\-—&、，,.《》“”]+$/u.test(name) ? name : null;
}
