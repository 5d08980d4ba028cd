// Days as the server reads them, `YYYY-MM-DD` in Shanghai, which compare as texts.
import { instant } from "../../shared/format";

/** How far ahead a seal may be asked for, in years, as the server has it. */
export const YEARS_MAX = 10;

export const today = (now_ms = Date.now()): string => instant(now_ms * 1000, "day");

/** The same date so many years on; 29 February becomes 28 February where that year has none. */
export function yearsOn(day: string, years: number): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  const two = (n: number) => String(n).padStart(2, "0");
  return `${year + years}-${two(month)}-${two(Math.min(date, last))}`;
}

/** What is wrong with a last day; null when it holds. */
export function dayFault(day: string, first: string): "missing" | "past" | "far" | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return "missing";
  if (day < first) return "past";
  return day > yearsOn(first, YEARS_MAX) ? "far" : null;
}
