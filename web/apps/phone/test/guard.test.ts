import { describe, expect, it } from "vitest";
import { detour, ownPath } from "../src/shared/guard";

const standing = (introSeen: boolean, signedIn: boolean, verified: boolean) => ({ introSeen, signedIn, verified: () => Promise.resolve(verified) });
const wish = (fullPath: string, more: { open?: boolean; verified?: boolean } = {}) => ({ fullPath, open: false, verified: false, ...more });

describe("where a navigation leads", () => {
  it("open pages ask for nothing", async () => expect(await detour(wish("/guides", { open: true }), standing(false, false, false))).toBeNull());
  it("[ACC-1] the very first start shows the introduction, later ones the sign-in page", async () => {
    expect(await detour(wish("/"), standing(false, false, false))).toEqual({ name: "welcome", query: {} });
    expect(await detour(wish("/"), standing(true, false, false))).toEqual({ name: "sign-in", query: {} });
  });
  it("a scanned code is come back to", async () => expect(await detour(wish("/s/abc"), standing(true, false, false))).toEqual({ name: "sign-in", query: { to: "/s/abc" } }));
  it("[ACC-11] what needs a real name leads there first", async () => {
    expect(await detour(wish("/scan", { verified: true }), standing(true, true, false))).toEqual({ name: "identity", query: { to: "/scan" } });
    expect(await detour(wish("/scan", { verified: true }), standing(true, true, true))).toBeNull();
  });
  it("whoever is signed in is not asked for a real name elsewhere", async () => {
    const asked = { introSeen: true, signedIn: true, verified: () => Promise.reject(new Error("asked")) };
    expect(await detour(wish("/me"), asked)).toBeNull();
  });
});

describe("the way back", () => {
  it.each(["/", "/scan", "/buy?unit=1#a"])("%s is ours", (path) => expect(ownPath(path)).toBe(path));
  it.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "scan", "/a\nb", "/a\\b", "", undefined, ["/scan"]])("%s is not", (path) => expect(ownPath(path)).toBe("/"));
});
