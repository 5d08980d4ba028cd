// The mode of sealing in words. What cannot be read is shown as it stands: the person must see what they sign.

export type ModeWords = (key: string, params?: Record<string, unknown>) => string;

/** Null before the tool has prepared: then only the wish is known. */
export interface ModeFacts {
  page_count: number;
  mark_count: number;
}

const RANGES = /^\d{1,6}(-\d{1,6})?(,\d{1,6}(-\d{1,6})?)*$/;
const EDGES = ["left", "right", "top", "bottom"];

/** `1-3,5` as people write it. */
function ranges(text: string, t: ModeWords): string | null {
  if (!RANGES.test(text)) return null;
  return t("scan.mode.pages", { pages: text.replaceAll(",", t("scan.mode.comma")) });
}

function all(facts: ModeFacts | null, t: ModeWords): string {
  return facts ? t("scan.mode.all", { count: facts.page_count }) : t("scan.mode.all_wish");
}

function straddle(rest: string, facts: ModeFacts | null, t: ModeWords): string | null {
  const [edges = "", pages, ...more] = rest.split(":");
  const names = edges.split("+");
  const span = pages === undefined ? all(facts, t) : ranges(pages, t);
  if (more.length > 0 || span === null || !names.every((edge) => EDGES.includes(edge))) return null;
  const sides = names.map((edge) => t(`scan.mode.edge.${edge}`)).join(t("scan.mode.comma"));
  return t("scan.mode.straddle", { sides, span });
}

function keyword(rest: string, facts: ModeFacts | null, t: ModeWords): string | null {
  const [text = "", which = "all", ...more] = rest.split("#");
  if (text === "" || more.length > 0) return null;
  const quoted = t("scan.mode.keyword", { text });
  if (which === "first") return t("scan.mode.keyword_first", { quoted });
  if (/^[1-9]\d{0,4}$/.test(which)) return t("scan.mode.keyword_nth", { quoted, n: Number(which) });
  if (which !== "all") return null;
  return facts ? t("scan.mode.keyword_count", { quoted, count: facts.mark_count }) : t("scan.mode.keyword_all", { quoted });
}

function known(mode: string, facts: ModeFacts | null, t: ModeWords): string | null {
  const colon = mode.indexOf(":");
  const [kind, rest] = colon < 0 ? [mode, ""] : [mode.slice(0, colon), mode.slice(colon + 1)];
  switch (kind) {
    case "all":
      return colon < 0 ? all(facts, t) : null;
    case "page":
      return /^[1-9]\d{0,5}$/.test(rest) ? t("scan.mode.page", { n: Number(rest) }) : null;
    case "pages":
      return ranges(rest, t);
    case "straddle":
      return straddle(rest, facts, t);
    case "keyword":
      return keyword(rest, facts, t);
    default:
      return null;
  }
}

export function modeInWords(mode: string, facts: ModeFacts | null, t: ModeWords): string {
  return known(mode, facts, t) ?? t("scan.mode.unknown", { mode });
}
