// Money and time as screens write them. Days are those of Shanghai, wherever the phone is.
const ZONE = "Asia/Shanghai";
const money = new Intl.NumberFormat("zh-CN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const parts = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hourCycle: "h23", ...options });
const DAY = parts({ year: "numeric", month: "2-digit", day: "2-digit" });
const MINUTE = parts({ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
const SECOND = parts({ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** `fen` is a whole number; nothing is rounded on the way. */
export function yuan(fen: number): string {
  return money.format(fen / 100);
}

export type Precision = "day" | "minute" | "second";

export function instant(us: number, precision: Precision = "minute"): string {
  const format = precision === "day" ? DAY : precision === "second" ? SECOND : MINUTE;
  const of = Object.fromEntries(format.formatToParts(us / 1000).map(({ type, value }) => [type, value]));
  const day = `${of["year"]}-${of["month"]}-${of["day"]}`;
  if (precision === "day") return day;
  const clock = `${of["hour"]}:${of["minute"]}`;
  return `${day} ${clock}${precision === "second" ? `:${of["second"]}` : ""}`;
}
