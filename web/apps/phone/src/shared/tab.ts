/** The places of the tab bar; the scan button among them is a way, not a place. */
export type Tab = "home" | "units" | "me";
