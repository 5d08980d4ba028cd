// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest";
import { useDraft } from "../src/shared/useDraft";

const fresh = () => ({ name: "", count: 1 });
afterEach(() => sessionStorage.clear());

describe("a draft", () => {
  it("is there again after a reload, until it is sent", () => {
    const first = useDraft("t", fresh);
    first.draft.name = "a";
    expect(useDraft("t", fresh).draft).toEqual({ name: "a", count: 1 });
    first.clear();
    expect(useDraft("t", fresh).draft).toEqual({ name: "", count: 1 });
  });
  it.each(["{", "null", "7", '{"name":7,"count":"x","other":1}'])("takes nothing strange from %s", (kept) => {
    sessionStorage.setItem("hulian.draft.t", kept);
    expect(useDraft("t", fresh).draft).toEqual({ name: "", count: 1 });
  });
});
