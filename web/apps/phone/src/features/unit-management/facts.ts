// The tax and bank facts (MEM-9): which there are, and what cannot be one. The server judges by the same rules.
import type { Profile } from "./wire";

export const FIELDS = ["tax_number", "address", "phone", "bank", "account"] as const;
export type Field = (typeof FIELDS)[number];
export type Facts = Record<Field, string>;

export const factsOf = (profile: Profile): Facts => ({ tax_number: profile.tax_number, address: profile.address, phone: profile.phone, bank: profile.bank, account: profile.account });

const CODE = (least: number, most: number) => new RegExp(`^[0-9A-Z]{${least},${most}}$`);
const WRITTEN = (most: number) => new RegExp(`^[\\p{L}\\p{N} （）()·\\-—&、，,.。#/]{2,${most}}$`, "u");
const FORM: Record<Field, RegExp> = { tax_number: CODE(6, 30), address: WRITTEN(100), phone: /^[0-9+\-() 转]{5,30}$/, bank: WRITTEN(60), account: CODE(6, 34) };

/** A fact as it is kept: numbers without the spaces and hyphens that people write into them. */
export function kept(field: Field, text: string): string {
  const trimmed = text.trim();
  return field === "tax_number" || field === "account" ? trimmed.replace(/[ -]/g, "").toUpperCase() : trimmed;
}

/** Whether the fact can be so; nothing typed is nothing known. */
export function fits(field: Field, text: string): boolean {
  const fact = kept(field, text);
  return fact === "" || FORM[field].test(fact);
}

/** The fields in which somebody else has written something other than what was typed here. */
export const differing = (typed: Facts, theirs: Facts): Field[] => FIELDS.filter((field) => kept(field, typed[field]) !== theirs[field]);
