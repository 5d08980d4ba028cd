// The way to the first seal: what is done, and the one thing to do next. Pure.
export const STEPS = ["identity", "password", "unit", "certificate", "install", "seal"] as const;
export type Step = (typeof STEPS)[number];

export interface Standing {
  verified: boolean;
  password_set: boolean;
  /** A certified unit, one that the person administers before others. */
  unit: string | null;
  /** The person is a mere member there, who asks before buying and for seals. */
  member: boolean;
  /** A product that is granted to that member, and not bought. */
  granted: string | null;
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

export interface Next {
  step: Step;
  path: string;
  /** The unit's administrators have to be asked for it. */
  asks: boolean;
}

/** Null when everything is there to seal with. */
export function nextOf(now: Standing): Next | null {
  const done = doneSteps(now);
  const step = STEPS.find((one) => !done[one]);
  if (!step) return null;
  const paths: Record<Step, string> = {
    identity: "/identity",
    password: "/password/set",
    unit: "/units/new",
    certificate: now.granted ? `/buy?unit=${now.unit}&product=${now.granted}` : now.member ? `/certificates/apply?unit=${now.unit}` : now.unit ? `/buy?unit=${now.unit}` : "/buy",
    install: now.waiting ? `/certificates/${now.waiting}` : "/certificates",
    seal: now.member ? `/seals/apply?unit=${now.unit}` : now.unit ? `/seals/new?unit=${now.unit}` : "/seals/new",
  };
  const asks = now.member && (step === "seal" || (step === "certificate" && now.granted === null));
  return { step, path: paths[step], asks };
}
