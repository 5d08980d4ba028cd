// The way to the first seal: what is done, and the one thing to do next. Pure.
export const STEPS = ["identity", "password", "unit", "certificate", "install", "seal"] as const;
export type Step = (typeof STEPS)[number];

export interface Standing {
  verified: boolean;
  password_set: boolean;
  /** A certified unit. */
  unit: string | null;
  /** Bought for somebody, and which of them waits to be installed. */
  bought: boolean;
  waiting: string | null;
  /** A certificate that works on this phone. */
  usable: boolean;
  seal: boolean;
}

export function doneSteps(now: Standing): Record<Step, boolean> {
  return { identity: now.verified, password: now.password_set, unit: now.unit !== null, certificate: now.bought, install: now.usable, seal: now.seal };
}

/** Null when everything is there to seal with. */
export function nextOf(now: Standing): { step: Step; path: string } | null {
  const done = doneSteps(now);
  const step = STEPS.find((one) => !done[one]);
  if (!step) return null;
  const paths: Record<Step, string> = {
    identity: "/identity",
    password: "/password/set",
    unit: "/units/new",
    certificate: now.unit ? `/buy?unit=${now.unit}` : "/buy",
    install: now.waiting ? `/certificates/${now.waiting}` : "/certificates",
    seal: now.unit ? `/seals/new?unit=${now.unit}` : "/seals/new",
  };
  return { step, path: paths[step] };
}
