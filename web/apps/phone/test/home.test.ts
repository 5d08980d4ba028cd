import { describe, expect, it } from "vitest";
import { arrange } from "../src/features/centre/useCentre";
import { counted } from "../src/features/home/useHome";
import { nextOf, type Standing } from "../src/features/home/way";
import { arranged } from "../src/features/seal/useSeals";

const nothing: Standing = { verified: false, password_set: false, unit: null, member: false, granted: null, bought: false, waiting: null, usable: false, seal: false };

describe("the way to the first seal", () => {
  it("leads step by step, each with its page", () => {
    const way: [Partial<Standing>, string | null][] = [
      [{}, "/identity"],
      [{ verified: true }, "/password/set"],
      [{ password_set: true }, "/units/new"],
      [{ unit: "u" }, "/buy?unit=u"],
      [{ bought: true, waiting: "h" }, "/certificates/h"],
      [{ usable: true, waiting: null }, "/seals/new?unit=u"],
      [{ seal: true }, null],
    ];
    let now = nothing;
    for (const [gained, path] of way) {
      now = { ...now, ...gained };
      expect(nextOf(now)?.path ?? null).toBe(path);
    }
  });
});

const unit = { unit_id: "u", name: "样本公司" };
const seal = (more: object) => ({ seal_id: "s", kind: "company", svg: "", width_mm: 40, height_mm: 40, made_at_us: 1, voided_at_us: null, unit: null, ...more }) as never;

describe("[CERT-9] [SEAL-6] the way of a member", () => {
  const member = { ...nothing, verified: true, password_set: true, unit: "u", member: true };
  it("asks for a certificate, buys what was granted, asks for a seal", () => {
    expect(nextOf(member)).toEqual({ step: "certificate", path: "/certificates/apply?unit=u", asks: true });
    expect(nextOf({ ...member, granted: "p" })).toEqual({ step: "certificate", path: "/buy?unit=u&product=p", asks: false });
    expect(nextOf({ ...member, bought: true, usable: true })).toEqual({ step: "seal", path: "/seals/apply?unit=u", asks: true });
  });
});

describe("[HOME-1] one's own certificates and seals", () => {
  it("counts what was bought and what is in force, by whose it is", () => {
    const right = [{ scope: "p", kind: "platform", from_us: 1, until_us: 2 }];
    const held = [{ unit, entitlements: right }, { unit, entitlements: [] }, { unit: null, entitlements: right }];
    const seals = [{ unit, voided_at_us: null }, { unit, voided_at_us: 5 }, { unit: null, voided_at_us: null }, { unit: null, voided_at_us: null }];
    expect(counted(held, seals)).toEqual({ unit_certificate: 1, personal_certificate: 1, unit_seal: 1, personal_seal: 2 });
  });
  it("gives every unit its place, also one without a seal, and keeps personal seals apart", () => {
    const units = [{ unit_id: "u" }, { unit_id: "v" }] as never[];
    const of = arranged(units, [seal({ seal_id: "personal" }), seal({ seal_id: "of u", unit }), seal({ seal_id: "of w", unit: { unit_id: "w", name: "" } })]);
    expect(of.personal.map(({ seal_id }) => seal_id)).toEqual(["personal"]);
    expect(of.units.map(({ unit: one, seals }) => [one.unit_id, seals.map(({ seal_id }) => seal_id)])).toEqual([["u", ["of u"]], ["v", []]]);
  });
  it("[SEAL-6] keeps what was lent in its unit's place when the time is over", () => {
    const ended = seal({ seal_id: "over", unit, lent: { until_us: 1, ended: true } });
    const of = arranged([{ unit_id: "u" }] as never[], [seal({ seal_id: "lent", unit })], [ended]);
    expect(of.units[0]?.seals.map(({ seal_id }) => seal_id)).toEqual(["lent", "over"]);
  });
  it("the application centre has registrations under review before what units decide", () => {
    const asked = { application_id: "a", kind: "removal", state: "passed", unit_name: "甲", subject_name: "李四" } as never;
    const pending = { case_id: "c", kind: "unit_foreign", state: "refused", name: "乙", number: "1", at_us: 1 } as never;
    expect(arrange([asked], [pending])).toEqual([
      { key: "c", kind: "unit", subject: "", unit: "乙", state: "refused", to: "/units" },
      { key: "a", kind: "removal", subject: "李四", unit: "甲", state: "passed", to: "/applications" },
    ]);
  });
});
