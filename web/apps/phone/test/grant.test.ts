import { describe, expect, it } from "vitest";
import { dayFault, today, yearsOn } from "../src/features/grant/day";
import { asksOf } from "../src/features/grant/useAsk";
import { askedWords } from "../src/features/member/asked";
import { sealState } from "../src/features/seal/state";

describe("[SEAL-6] the last day of a seal that is asked for", () => {
  it("is a day in Shanghai, wherever the phone is", () => expect(today(Date.UTC(2026, 10, 26, 16, 30))).toBe("2026-11-27"));
  it.each([["2026-11-27", 1, "2027-11-27"], ["2028-02-29", 1, "2029-02-28"], ["2028-02-29", 4, "2032-02-29"]])("%s, %i years on: %s", (day, years, expected) => expect(yearsOn(day, years)).toBe(expected));
  it.each([["", "missing"], ["2026-1-1", "missing"], ["2026-11-26", "past"], ["2026-11-27", null], ["2036-11-27", null], ["2036-11-28", "far"]])("%j: %s", (day, fault) => expect(dayFault(day, "2026-11-27")).toBe(fault));
});

describe("how a seal stands for somebody", () => {
  const lent = (ended: boolean) => ({ until_us: 1, ended });
  it.each([[null, null, "live"], [5, null, "voided"], [null, lent(false), "lent"], [null, lent(true), "ended"], [5, lent(false), "lent"]] as const)("voided %j, lent %j: %s", (voided_at_us, of, state) => expect(sealState({ voided_at_us, lent: of })).toBe(state));
});

describe("[MEM-7] [MEM-8] an application in words", () => {
  it("names what it is about", () => {
    const nothing = { subject_name: "", product: null, seal: null };
    const said = (one: object) => askedWords({ kind: "", ...nothing, ...one }, (kind) => `<${kind}>`);
    expect(said({ product: { name: "甲", brand: "乙" } })).toMatchObject({ product: "甲" });
    expect(said({ seal: { seal_id: "s", kind: "company", until_us: Date.UTC(2026, 10, 27, 15, 59, 59) * 1000 } })).toMatchObject({ seal: "<company>", until: "2026-11-27" });
  });
});

it("[CERT-9] only members of certified units ask", () => {
  const unit = (role: string, state: string) => ({ role, state }) as never;
  expect(asksOf([unit("member", "certified"), unit("member", "registered"), unit("administrator", "certified")])).toHaveLength(1);
});
