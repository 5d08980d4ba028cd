// Who may be named, and why somebody may not. The server judges by the same rules; here they only keep people from asking
// for what cannot be.
import type { Member, Members } from "./wire";

export const me = (all: Members): Member | undefined => all.items.find((one) => one.me);
export const administers = (all: Members): boolean => me(all)?.role === "administrator";

export type Bar = "oneself" | "legal_representative" | "administrator";

/** Why this member cannot be removed by the one who looks; null when they can. */
export function removalBar(all: Members, member: Member): Bar | null {
  if (member.me) return "oneself";
  if (member.by_right) return "legal_representative";
  return member.role === "administrator" && !administers(all) ? "administrator" : null;
}

/** Why this member cannot take the administrator's place. */
export function transferBar(_all: Members, member: Member): Bar | null {
  if (member.me) return "oneself";
  return member.role === "administrator" ? "administrator" : null;
}

/** Members whose name contains what was typed. */
export function named(all: Members, text: string): Member[] {
  const wanted = text.trim();
  return wanted === "" ? all.items : all.items.filter((one) => one.name.includes(wanted));
}
