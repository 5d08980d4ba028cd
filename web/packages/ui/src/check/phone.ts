// Mobile numbers of those who may sign in: the same rule as the server's, told while one types.
/** The areas that every server serves; `GET /system` names what its operator has added. */
export const AREAS = ["+86", "+852", "+853", "+886"] as const;
/** A calling code with its plus sign. */
export type Area = string;

const MOBILE: Record<(typeof AREAS)[number], RegExp> = { "+86": /^1[3-9]\d{9}$/, "+852": /^[4-9]\d{7}$/, "+853": /^6\d{7}$/, "+886": /^9\d{8}$/ };
const ELSEWHERE = /^[1-9]\d{5,11}$/;
/** Where people write a 0 before the number that is dialled at home only. */
const hasTrunkZero = (area: Area): boolean => area === "+886" || !(area in MOBILE);

/** The national number without spaces, hyphens and the 0 that is dialled at home only; null when it is no mobile number of the area. */
export function mobileNumber(area: Area, typed: string): string | null {
  const digits = typed.replace(/[ -]/g, "");
  const national = hasTrunkZero(area) ? digits.replace(/^0/, "") : digits;
  const rule = MOBILE[area as keyof typeof MOBILE] ?? ELSEWHERE;
  return rule.test(national) ? national : null;
}
