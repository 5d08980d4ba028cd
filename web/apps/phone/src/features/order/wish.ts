// What may be bought, and what it costs. Pure; the server decides again.
import type { components } from "@hulian/api";
import type { Holding, Platform, Unit } from "../../shared/catalogue";

export type OrderKind = "platform" | "interconnect";
export type Payment = components["schemas"]["OrderRequest"]["payment_method"];
export const QUANTITY_MAX = 1000;

export interface Wish {
  /** A unit's id, `me` for a personal certificate, empty while nobody is picked. */
  unit: string;
  platform: string;
  kind: OrderKind;
  product: string;
  term_years: number;
  quantity: number;
  install_here: boolean;
  payment: Payment;
}

export const freshWish = (): Wish => ({ unit: "", platform: "", kind: "platform", product: "", term_years: 0, quantity: 1, install_here: true, payment: "wechat_pay" });

/** CERT-4: an interconnect certificate needs a platform certificate of the unit in force at that platform. */
export function kindsAt(platform: Platform, unit: string, held: Holding[], now_us: number): OrderKind[] {
  const inForce = held.some((one) => one.unit?.unit_id === unit && one.entitlements.some(({ scope, until_us }) => scope === platform.platform_id && until_us > now_us));
  return platform.interconnect && unit !== "me" && inForce ? ["platform", "interconnect"] : ["platform"];
}

/** CERT-9: the products that a member may buy for a unit, once an administrator has passed that; null for administrators, who buy all. */
export function grantedOf(unit: Pick<Unit, "unit_id" | "role">, held: Holding[]): ReadonlySet<string> | null {
  if (unit.role === "administrator") return null;
  const granted = held.filter((one) => one.unit?.unit_id === unit.unit_id && one.reason !== "grant_missing");
  return new Set(granted.map(({ product }) => product.product_id));
}

/** Units for which the person may buy. */
export function buyersOf(units: Unit[], held: Holding[]): Unit[] {
  return units.filter((unit) => unit.state === "certified" && grantedOf(unit, held)?.size !== 0);
}

export function productsFor(platform: Platform, kind: OrderKind, only: ReadonlySet<string> | null = null): Platform["products"] {
  return platform.products.filter(({ product_id, prices }) => (only?.has(product_id) ?? true) && prices.some((price) => price.kind === kind));
}

export function termsOf(platform: Platform, kind: OrderKind, product: string): { term_years: number; price_fen: number }[] {
  const offered = platform.products.find(({ product_id }) => product_id === product)?.prices ?? [];
  return offered.filter((price) => price.kind === kind).sort((a, b) => a.term_years - b.term_years);
}

export function priceOf(platform: Platform, wish: Wish): number | null {
  return termsOf(platform, wish.kind, wish.product).find(({ term_years }) => term_years === wish.term_years)?.price_fen ?? null;
}

/** Null while something is missing or impossible. */
export function totalOf(platform: Platform | null, wish: Wish): number | null {
  const price = platform ? priceOf(platform, wish) : null;
  const whole = Number.isSafeInteger(wish.quantity) && wish.quantity >= 1 && wish.quantity <= QUANTITY_MAX;
  return price === null || wish.unit === "" || !whole ? null : price * wish.quantity;
}

/** Whatever no longer fits what was picked before it falls back to the first that does. */
export function settle(wish: Wish, platform: Platform | null, kinds: OrderKind[], only: ReadonlySet<string> | null = null): void {
  if (!platform) return;
  if (!kinds.includes(wish.kind)) wish.kind = "platform";
  const products = productsFor(platform, wish.kind, only);
  if (!products.some(({ product_id }) => product_id === wish.product)) wish.product = products[0]?.product_id ?? "";
  const terms = termsOf(platform, wish.kind, wish.product);
  if (!terms.some(({ term_years }) => term_years === wish.term_years)) wish.term_years = terms[0]?.term_years ?? 0;
  if (wish.unit === "me") Object.assign(wish, { quantity: 1, install_here: true });
}
