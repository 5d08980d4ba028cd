/** The places of the tab bar; the scan button in its middle is a way, not a place. */
export type Tab = "home" | "units" | "records" | "me";
