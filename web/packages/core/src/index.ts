export type { Phone } from "./phone";
export * from "./types";
