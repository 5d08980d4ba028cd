import { describe, expect, it } from "vitest";
import { identities, preselected, type HereFacts } from "../../src/features/scan/choice";

const certificate = (holding_id: string, state: string, reason: string | null = null) => ({ holding_id, product: `P-${holding_id}`, algorithm: "sm2", state, reason });
const choices = (...list: { unit: string | null; certificates: ReturnType<typeof certificate>[] }[]) =>
  ({ identities: list.map(({ unit, certificates }) => ({ unit: unit ? { unit_id: unit, name: unit } : null, certificates, seals: [] })) }) as never;
const here = (shares: string[], left: Record<string, number> = {}): HereFacts => ({
  shares: new Set(shares),
  reissues: new Map(Object.entries(left).map(([id, free_left]) => [id, { free_left, packs_left: 0 }])),
});

describe("[SCAN-4] certificates to choose from", () => {
  it("come usable first, then those that need a step, and those that cannot be used stay with their reason", () => {
    const all = choices(
      { unit: null, certificates: [certificate("a", "not_usable", "no_entitlement")] },
      { unit: "甲", certificates: [certificate("b", "needs_pack"), certificate("c", "needs_install"), certificate("d", "usable")] },
    );
    const [first, second] = identities(all, here(["d"]));
    expect(first?.certificates.map(({ picked }) => picked.holding_id)).toEqual(["d", "c", "b"]);
    expect(second?.certificates[0]).toMatchObject({ open: false, reason: "no_entitlement" });
  });
  it("a state that this app does not know cannot be picked", () => {
    expect(identities(choices({ unit: null, certificates: [certificate("a", "sparkling")] }), here([]))[0]?.certificates[0]?.open).toBe(false);
  });
});

describe("[CERT-13] a half that is gone from this browser", () => {
  const lost = choices({ unit: "甲", certificates: [certificate("a", "usable")] });
  it("asks for a reissue while some are left", () => expect(identities(lost, here([], { a: 2 }))[0]?.certificates[0]?.picked).toMatchObject({ state: "needs_reissue", reissues: { free_left: 2 } }));
  it("says that a pack is needed when none is left", () => expect(identities(lost, here([], { a: 0 }))[0]?.certificates[0]?.picked.state).toBe("needs_pack"));
});

describe("what is picked beforehand", () => {
  const list = identities(choices({ unit: "甲", certificates: [certificate("a", "usable"), certificate("b", "usable"), certificate("c", "not_usable")] }), here(["a", "b"]));
  it("is the one of last time", () => expect(preselected(list, "b")).toBe("b"));
  it("is the first that works, when the last one does not", () => expect([preselected(list, "c"), preselected(list, null)]).toEqual(["a", "a"]));
  it("is nothing when nothing can be used", () => expect(preselected([], "a")).toBeNull());
});
