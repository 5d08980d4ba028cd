// What no part of may be in the password (PWD-1). Only this phone can compare, since the server never sees a password; so the
// server tells the person their own facts when a page that takes a new password opens. They stay in memory.
import type { NavigationGuard } from "vue-router";
import { take, useApi } from "../../shared/useApi";

export interface PasswordFacts {
  birth_date?: string;
  phone?: string;
}

let known: PasswordFacts = {};

export function passwordFacts(): PasswordFacts {
  return { ...known };
}

/** Before a page that takes a new password: without the facts it could not tell all weak ones, so it does not open. */
export const withFacts: NavigationGuard = async (to) => {
  try {
    const { phone, birth_date } = await take(useApi().GET("/api/v1/me/guessable"));
    known = { phone, ...(birth_date ? { birth_date } : {}) };
    return true;
  } catch {
    return { name: "unreachable", query: { to: to.fullPath } };
  }
};
