/** The same file with one character of its first page's visible text changed after signing; nothing moves. */
export function changed(sealed: Buffer): Buffer {
  const at = sealed.indexOf("(Bid document");
  if (at < 0) throw new Error("the page's text is not where it was");
  const copy = Buffer.from(sealed);
  copy.write("X", at + 1, "latin1");
  return copy;
}
