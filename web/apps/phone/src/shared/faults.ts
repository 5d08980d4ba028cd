// The phone's own log of faults (ACC-9): kept here, told only on the person's word. What may lead to somebody is taken out
// before it is kept, by the same rule as on the server (`domain::fault::clean`).
const PLACE = "hulian.faults";
const LINES_MAX = 200;
const LINE_MAX = 400;
const WORD = /[A-Za-z0-9_@+%-]+|[^ -~]+/g;

/** Words that may be a number, an address, a name or a key become `#`. */
export function clean(line: string): string {
  const personal = (word: string) => /[^ -~]/.test(word) || word.includes("@") || word.length > 24 || word.replace(/\D/g, "").length > 4;
  return line.slice(0, LINE_MAX).replace(WORD, (word) => (personal(word) ? "#" : word)).trimEnd();
}

export function faults(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    return Array.isArray(kept) ? kept.filter((line) => typeof line === "string") : [];
  } catch {
    return [];
  }
}

export function forgetFaults(): void {
  localStorage.removeItem(PLACE);
}

/** Keeps one line, with the minute and the page's pattern. Never throws: a fault in here would be one more. */
export function keepFault(kind: string, what: string): void {
  try {
    const path = location.pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id");
    const at = new Date().toISOString().slice(5, 16).replace(/[-:]/g, " ");
    const kept = [...faults(), clean(`${at} ${kind} ${path} ${what}`)].slice(-LINES_MAX);
    localStorage.setItem(PLACE, JSON.stringify(kept));
  } catch {
    // Storage is full or closed.
  }
}

const said = (reason: unknown): string => (reason instanceof Error ? `${reason.name}: ${reason.message} ${(reason.stack ?? "").split("\n")[1]?.trim() ?? ""}` : String(reason));

/** Faults that nobody caught. */
export function watchFaults(target: Window): void {
  target.addEventListener("error", (event) => keepFault("error", said(event.error ?? event.message)));
  target.addEventListener("unhandledrejection", (event) => keepFault("rejection", said(event.reason)));
}
