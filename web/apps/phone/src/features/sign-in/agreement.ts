/** A published text in parts: blank lines part them, and a part of several lines begins with its heading. */
export function partsOf(body: string): { heading: string; lines: string[] }[] {
  const parts = body.split(/\n\s*\n/).map((part) => part.split("\n").map((line) => line.trim()).filter(Boolean));
  return parts.filter((lines) => lines.length > 0).map((lines) => (lines.length > 1 ? { heading: lines[0] ?? "", lines: lines.slice(1) } : { heading: "", lines }));
}
