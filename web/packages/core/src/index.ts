export { createPhone, idempotencyKey, type PhoneOptions } from "./create-phone";
export { passwordWeakness } from "./cosign/password";
export { digestShort } from "./digest";
export type { Phone } from "./phone";
export * from "./scan-step";
export * from "./scan-view";
export * from "./types";
