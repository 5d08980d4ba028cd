export { createPhone, idempotencyKey, type PhoneOptions } from "./create-phone";
export { digestShort } from "./digest";
export type { Phone } from "./phone";
export * from "./scan-step";
export * from "./scan-view";
export * from "./types";
