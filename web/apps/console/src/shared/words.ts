// What people read: refusals, moments, and how long something has waited.
import { t, te } from "../i18n";
import { ProblemError } from "./api";

export function problemText(error: unknown): string {
  const problem = error instanceof ProblemError ? error : new ProblemError("internal");
  const key = `problem.${problem.code}`;
  if (!te(key)) return t("common.refused", { code: problem.code });
  const wait = problem.params["retry_after_s"];
  const words = Object.fromEntries(Object.entries(problem.params).map(([name, value]) => [name, String(value)]));
  return t(key, typeof wait === "number" ? { ...words, wait: span(wait) } : words);
}

/** A word of the program in the operator's language; one that nobody knows is its own word. */
export function named(catalogue: string, word: string): string {
  const key = `${catalogue}.${word}`;
  return te(key) ? t(key) : word;
}

/** Seconds as people say them. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return t("common.span.seconds", { n: whole });
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return t("common.span.minutes", { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return t("common.span.hours", { n: hours, m: minutes % 60 });
  return t("common.span.days", { n: Math.floor(hours / 24), h: hours % 24 });
}

const MOMENT = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

export function moment(us: number): string {
  return MOMENT.format(new Date(us / 1000));
}
