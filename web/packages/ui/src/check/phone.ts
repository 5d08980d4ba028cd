// Mobile numbers of the four areas that may sign in: the same rule as the server's, told while one types.
export const AREAS = ["+86", "+852", "+853", "+886"] as const;
export type Area = (typeof AREAS)[number];

const MOBILE: Record<Area, RegExp> = { "+86": /^1[3-9]\d{9}$/, "+852": /^[4-9]\d{7}$/, "+853": /^6\d{7}$/, "+886": /^9\d{8}$/ };

/** The national number without spaces, hyphens and Taiwan's leading 0; null when it is no mobile number of the area. */
export function mobileNumber(area: Area, typed: string): string | null {
  const digits = typed.replace(/[ -]/g, "");
  const national = area === "+886" ? digits.replace(/^0/, "") : digits;
  return MOBILE[area].test(national) ? national : null;
}
