// Citizen identification number, GB 11643-1999. Divisions are never judged, since old ones stay on valid cards.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = "10X98765432";

export type IdCardFault = "form" | "date" | "check_character";
/** `YYYY-MM-DD`. */
export type Day = string;

function birthDay(digits: string): Day | null {
  const [year, month, day] = [Number(digits.slice(6, 10)), Number(digits.slice(10, 12)), Number(digits.slice(12, 14))];
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : null;
}

export function idCard(typed: string, today: Day): { number: string; born: Day } | { fault: IdCardFault } {
  const number = typed.toUpperCase();
  if (!/^[0-9]{17}[0-9X]$/.test(number)) return { fault: "form" };
  const born = birthDay(number);
  if (born === null || born < "1850" || born > today) return { fault: "date" };
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  return CHECK[sum % 11] === number[17] ? { number, born } : { fault: "check_character" };
}

/** What is wrong with a number by itself, whatever day it is. */
export function idNumberFault(typed: string): IdCardFault | null {
  const seen = idCard(typed, "9999-12-31");
  return "fault" in seen ? seen.fault : null;
}
