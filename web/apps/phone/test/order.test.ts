import { describe, expect, it } from "vitest";
import { buyersOf, freshWish, grantedOf, kindsAt, productsFor, settle, totalOf, type Wish } from "../src/features/order/wish";
import type { Holding, Platform } from "../src/shared/catalogue";

const price = (kind: string, term_years: number, price_fen: number) => ({ kind, term_years, price_fen });
const PLATFORM: Platform = {
  platform_id: "p", name: "P", interconnect: true, modes: [],
  products: [
    { product_id: "rsa", name: "R", brand: "B", algorithm: "rsa", prices: [price("platform", 2, 60000), price("platform", 1, 30000), price("interconnect", 1, 10000)] },
    { product_id: "sm2", name: "S", brand: "B", algorithm: "sm2", prices: [price("platform", 1, 32000)] },
  ],
};
const held = (until_us: number, unit = "u"): Holding => ({ holding_id: "h", product: PLATFORM.products[0]!, unit: { unit_id: unit, name: "U" } as NonNullable<Holding["unit"]>, entitlements: [{ scope: "p", kind: "platform", from_us: 0, until_us }], state: "usable", reissues: { free_left: 3, packs_left: 0 } });
const wish = (more: Partial<Wish> = {}): Wish => ({ ...freshWish(), unit: "u", platform: "p", product: "rsa", term_years: 1, ...more });

describe("what may be bought", () => {
  it("[CERT-4] an interconnect certificate only beside a platform certificate in force there", () => {
    expect(kindsAt(PLATFORM, "u", [], 10)).toEqual(["platform"]);
    expect(kindsAt(PLATFORM, "u", [held(9)], 10)).toEqual(["platform"]);
    expect(kindsAt(PLATFORM, "u", [held(11, "other")], 10)).toEqual(["platform"]);
    expect(kindsAt(PLATFORM, "me", [held(11)], 10)).toEqual(["platform"]);
    expect(kindsAt({ ...PLATFORM, interconnect: false }, "u", [held(11)], 10)).toEqual(["platform"]);
    expect(kindsAt(PLATFORM, "u", [held(11)], 10)).toEqual(["platform", "interconnect"]);
  });
  it("price times quantity, in whole fen", () => expect(totalOf(PLATFORM, wish({ quantity: 3 }))).toBe(90000));
  it.each([{ unit: "" }, { quantity: 0 }, { quantity: 1001 }, { quantity: 1.5 }, { term_years: 9 }, { product: "none" }])("no total for %j", (more) => expect(totalOf(PLATFORM, wish(more))).toBeNull());
  it("what no longer fits falls back", () => {
    const now = wish({ kind: "interconnect", product: "sm2", term_years: 5 });
    settle(now, PLATFORM, ["platform", "interconnect"]);
    expect(now).toMatchObject({ product: "rsa", term_years: 1 });
    settle(now, PLATFORM, ["platform"]);
    expect(now.kind).toBe("platform");
  });
  it("[CERT-11] a personal certificate has no quantity and is installed here", () => {
    const now = wish({ unit: "me", quantity: 7, install_here: false });
    settle(now, PLATFORM, ["platform"]);
    expect(now).toMatchObject({ quantity: 1, install_here: true });
  });
});

describe("[CERT-9] a member buys what is granted", () => {
  const unit = (role: string, state = "certified") => ({ unit_id: "u", role, state }) as never;
  it("and nothing else of the unit's", () => {
    const granted = grantedOf(unit("member"), [held(0), { ...held(0, "other"), product: PLATFORM.products[1]! }]);
    expect(productsFor(PLATFORM, "platform", granted).map(({ product_id }) => product_id)).toEqual(["rsa"]);
    const now = wish({ product: "sm2" });
    settle(now, PLATFORM, ["platform"], granted);
    expect(now.product).toBe("rsa");
  });
  it("while an administrator buys all", () => expect(grantedOf(unit("administrator"), [])).toBeNull());
  it("a recalled grant buys nothing", () => expect(grantedOf(unit("member"), [{ ...held(0), reason: "grant_missing" }])?.size).toBe(0));
  it("for units where there is something to buy", () => {
    expect(buyersOf([unit("member")], [])).toEqual([]);
    expect(buyersOf([unit("member")], [held(0)])).toHaveLength(1);
    expect(buyersOf([unit("administrator")], [])).toHaveLength(1);
    expect(buyersOf([unit("administrator", "registered")], [])).toEqual([]);
  });
});
