// Unified social credit code, GB 32100-2015.
const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/** Powers of 3 modulo 31. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

export type UsccFault = "length" | "character" | "check_character";

/** Null when the code holds. Judges upper case only, as the standard has it. */
export function usccFault(code: string): UsccFault | null {
  const characters = [...code];
  if (characters.length !== 18) return "length";
  const values = characters.map((one) => ALPHABET.indexOf(one));
  if (values.some((value) => value < 0)) return "character";
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * (values[at] ?? 0), 0);
  return values[17] === (31 - (sum % 31)) % 31 ? null : "check_character";
}
