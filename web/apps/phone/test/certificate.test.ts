import { describe, expect, it } from "vitest";
import { nextStep, shownState } from "../src/features/certificate/state";

const left = (free_left: number, packs_left = 0) => ({ free_left, packs_left });

describe("what a certificate asks for on this phone", () => {
  it.each([["unbought", "buy"], ["needs_install", "install"], ["needs_reissue", "reissue"], ["needs_pack", "pack"], ["not_usable", null], ["usable", null], ["needs_update", null]] as const)("%s: %s", (state, next) => expect(nextStep({ state, reissues: left(3) }, true)).toBe(next));
  it("cleared storage leads to a reissue, or to a pack when none is left", () => {
    expect(nextStep({ state: "usable", reissues: left(3) }, false)).toBe("reissue");
    expect(nextStep({ state: "usable", reissues: left(0, 2) }, false)).toBe("reissue");
    expect(nextStep({ state: "usable", reissues: left(0) }, false)).toBe("pack");
    expect(shownState({ state: "usable", reissues: left(3) }, false)).toBe("needs_reissue");
  });
  it("[MEM-5] without a grant the administrators are asked", () => {
    expect(nextStep({ state: "not_usable", reason: "grant_missing", reissues: left(3) }, true)).toBe("ask");
    expect(shownState({ state: "not_usable", reason: "grant_missing", reissues: left(3) }, true)).toBe("not_usable");
    expect(nextStep({ state: "not_usable", reason: "unit_not_certified", reissues: left(3) }, true)).toBeNull();
  });
  it("not usable stays not usable wherever the half rests", () => expect(shownState({ state: "not_usable", reissues: left(3) }, false)).toBe("not_usable"));
});
