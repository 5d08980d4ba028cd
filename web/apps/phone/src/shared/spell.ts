// Turns a problem's parameters into what a sentence can hold: waits become minutes, reasons and fields become words.
export type Translate = (key: string) => string | null;

export function waitWords(seconds: number, say: Translate): string {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole < 60) return `${whole} ${say("unit.seconds") ?? "s"}`;
  if (whole < 3600) return `${Math.ceil(whole / 60)} ${say("unit.minutes") ?? "min"}`;
  return `${Math.ceil(whole / 3600)} ${say("unit.hours") ?? "h"}`;
}

export function spell(params: Record<string, unknown>, say: Translate): Record<string, string | number> {
  const words: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params)) {
    if (name === "retry_after_s" && typeof value === "number") words["wait"] = waitWords(value, say);
    if (typeof value === "number") words[name] = value;
    else if (typeof value === "string") words[name] = say(`reason.${value}`) ?? value;
    else if (Array.isArray(value)) words[name] = value.map((one) => say(`field.${String(one)}`) ?? String(one)).join("、");
  }
  return words;
}
