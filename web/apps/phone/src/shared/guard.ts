// Where a navigation really leads. Pure, so that every case is a line in a test.
export interface Wish {
  fullPath: string;
  /** Reachable without an account. */
  open: boolean;
  /** Needs a completed real-name check (ACC-11). */
  verified: boolean;
}

export interface Standing {
  introSeen: boolean;
  signedIn: boolean;
  verified: () => Promise<boolean>;
}

export interface Detour {
  name: "welcome" | "sign-in" | "identity";
  query: { to?: string };
}

export async function detour(wish: Wish, standing: Standing): Promise<Detour | null> {
  const query = wish.fullPath === "/" ? {} : { to: wish.fullPath };
  if (wish.open) return null;
  if (!standing.introSeen && !standing.signedIn) return { name: "welcome", query };
  if (!standing.signedIn) return { name: "sign-in", query };
  if (wish.verified && !(await standing.verified())) return { name: "identity", query };
  return null;
}

/** Only a path of our own may be returned to: never another host, never a scheme. */
export function ownPath(to: unknown): string {
  return typeof to === "string" && /^\/(?![/\\])/.test(to) && !/[\u0000-\u001f\\]/.test(to) ? to : "/";
}
