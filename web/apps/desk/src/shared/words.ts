// Words for what programs say: problems, instants, sizes.
import { t, te } from "../i18n";
import { Problem } from "./api";

/** What went wrong and what the person can do, whatever was thrown. */
export function problemText(error: unknown): string {
  if (!(error instanceof Problem)) return t("problem.unknown", { status: "" });
  const reason = error.params.reason;
  const narrow = `problem.${error.code}_${typeof reason === "string" ? reason : ""}`;
  if (te(narrow)) return t(narrow, error.params);
  const key = `problem.${error.code}`;
  return te(key) ? t(key, error.params) : t("problem.other", { code: error.code });
}

const instants = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", dateStyle: "medium", timeStyle: "medium", hour12: false });

export function instantText(at_us: number): string {
  return instants.format(at_us / 1000);
}

export function bytesText(bytes: number): string {
  const units = ["B", "KB", "MB", "GB"];
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${(bytes / 1024 ** step).toFixed(step === 0 || bytes / 1024 ** step >= 100 ? 0 : 1)} ${units[step]}`;
}

/** A digest as people compare it: groups of four. */
export function digestGroups(short: string): string[] {
  return short.replace(/[^0-9a-f]/gi, "").match(/.{4}/g) ?? [];
}
