// What the phone does with a certificate password: refuse weak ones, and stretch. `libs/cosign/src/password`.
import { argon2id } from "hash-wasm";
import type { Bytes } from "../bytes";
import type { PasswordWeakness } from "../types";
import { CosignError } from "./message";

export interface Stretch {
  memory_kib: number;
  iterations: number;
  parallelism: number;
}

const between = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most;

/** `Argon2id(password, salt)`, 32 bytes. Parameters too cheap to protect or too dear to compute are refused. */
export async function stretch(password: string, salt: Bytes, with_: Stretch): Promise<Bytes> {
  const fits = between(with_.memory_kib, 19 * 1024, 256 * 1024) && between(with_.iterations, 2, 10) && between(with_.parallelism, 1, 4);
  if (!fits || salt.length !== 16 || password.length > 256) throw new CosignError("stretch parameters");
  const hash = await argon2id({
    password,
    salt,
    memorySize: with_.memory_kib,
    iterations: with_.iterations,
    parallelism: with_.parallelism,
    hashLength: 32,
    outputType: "binary",
  });
  return hash as Bytes;
}

/** Tells why a password is weak (PWD-1), or null. The birth date is `YYYYMMDD`, with or without other characters. */
export function passwordWeakness(password: string, facts: { birth_date?: string; phone?: string }): PasswordWeakness | null {
  if (!/^[0-9]{6}$/.test(password)) return "not_six_digits";
  if (isRepeated(password)) return "repeated";
  if (isRun(password)) return "run";
  if (facts.birth_date !== undefined && isBirthDate(password, digitsOf(facts.birth_date))) return "birth_date";
  if (facts.phone !== undefined && digitsOf(facts.phone).includes(password)) return "phone";
  return null;
}

/** At most two different digits, a block of three twice, or three pairs. */
function isRepeated(digits: string): boolean {
  return new Set(digits).size <= 2 || digits.slice(0, 3) === digits.slice(3) || /^(.)\1(.)\2(.)\3$/.test(digits);
}

/** Equal steps of one or two, up or down, past nine to zero and back. */
function isRun(digits: string): boolean {
  const steps = [...digits].slice(1).map((digit, at) => (Number(digit) - Number(digits[at]) + 10) % 10);
  return [1, 2, 8, 9].some((step) => steps.every((found) => found === step));
}

/** Part of the birth date in one of its usual orders. */
function isBirthDate(digits: string, date: string): boolean {
  if (date.length !== 8) return false;
  const [year, short, month, day] = [date.slice(0, 4), date.slice(2, 4), date.slice(4, 6), date.slice(6)];
  const orders = [year + month + day, day + month + year, month + day + year];
  return orders.some((order) => order.includes(digits)) || digits === month + day + short || digits === day + month + short;
}

function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, "").slice(0, 32);
}
