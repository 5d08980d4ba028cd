// The modes of sealing as text, the form in which desk, server and phone exchange them:
// page:N | all | pages:1-3,5 | straddle:EDGES[:RANGES] | keyword:TEXT[#first|#all|#N]
import type { Edge, ModeKind } from "../../shared/types";

export interface Range {
  from: number;
  to: number;
}

export type Occurrence = "all" | "first" | number;

export type SealMode =
  | { kind: "page"; page: number }
  | { kind: "all" }
  | { kind: "pages"; ranges: Range[] }
  | { kind: "straddle"; edges: Edge[]; ranges: Range[] | null }
  | { kind: "keyword"; text: string; occurrence: Occurrence };

export const MODE_KINDS: ModeKind[] = ["page", "all", "pages", "straddle", "keyword"];
export const EDGES: Edge[] = ["left", "right", "top", "bottom"];
export const KEYWORD_MAX = 60;

/** What people type, once full width has become half width: every comma and every dash of a Chinese keyboard. */
const COMMAS = /[,、;\s]+/;
const DASH = /^(\d{1,6})(?:[-–—~至到](\d{1,6}))?$/;

export type RangesError = "empty" | "unreadable" | "backwards" | "beyond";

/** Reads pages as people write them; overlapping and neighbouring ranges become one. */
export function parseRanges(text: string, page_count: number): { ranges: Range[] } | { error: RangesError; at: string } {
  const joined = text.normalize("NFKC").trim().replace(/\s*([-–—~至到])\s*/g, "$1");
  const parts = joined.split(COMMAS).filter((part) => part !== "");
  if (parts.length === 0) return { error: "empty", at: "" };
  const ranges: Range[] = [];
  for (const part of parts) {
    const found = DASH.exec(part);
    if (!found) return { error: "unreadable", at: part };
    const from = Number(found[1]);
    const to = Number(found[2] ?? found[1]);
    if (to < from) return { error: "backwards", at: part };
    if (from < 1 || to > page_count) return { error: "beyond", at: part };
    ranges.push({ from, to });
  }
  return { ranges: mergeRanges(ranges) };
}

export function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);
    else merged.push({ ...range });
  }
  return merged;
}

export function formatRanges(ranges: readonly Range[]): string {
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}

export function formatMode(mode: SealMode): string {
  switch (mode.kind) {
    case "page":
      return `page:${mode.page}`;
    case "all":
      return "all";
    case "pages":
      return `pages:${formatRanges(mode.ranges)}`;
    case "straddle":
      return `straddle:${EDGES.filter((edge) => mode.edges.includes(edge)).join("+")}${mode.ranges ? `:${formatRanges(mode.ranges)}` : ""}`;
    case "keyword":
      return `keyword:${mode.text}${mode.occurrence === "all" ? "" : `#${mode.occurrence}`}`;
  }
}

/** Why a keyword cannot be searched for, or nothing. */
export function keywordError(text: string): "empty" | "too_long" | "hash" | null {
  if (text.trim() === "") return "empty";
  if ([...text].length > KEYWORD_MAX) return "too_long";
  return text.includes("#") ? "hash" : null;
}
