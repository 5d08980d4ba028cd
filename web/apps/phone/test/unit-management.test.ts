// Facts as banks and offices write them, and which square of a picture is kept.
import { describe, expect, it } from "vitest";
import { CENTRE, held, moved, square } from "../src/features/unit-management/crop";
import { differing, fits, kept } from "../src/features/unit-management/facts";

describe("[MEM-9] tax and bank facts", () => {
  it.each([
    ["tax_number", " 91990000ma0000015q ", "91990000MA0000015Q"],
    ["account", "1100 1001-0010 0001", "1100100100100001"],
    ["address", " 样本市样本路 1 号 ", "样本市样本路 1 号"],
  ] as const)("%s %j is kept as %j", (field, text, expected) => {
    expect(kept(field, text)).toBe(expected);
    expect(fits(field, text)).toBe(true);
  });
  it.each([["tax_number", "12345"], ["account", "账号1234567"], ["phone", "call me"], ["bank", "行"], ["address", "路\u202e1"]] as const)("%s cannot be %j", (field, text) => expect(fits(field, text)).toBe(false));
  it("nothing typed is nothing known", () => expect(fits("account", "  ")).toBe(true));
  it("what somebody else wrote shows only where it differs", () => {
    const typed = { tax_number: "", address: "", phone: "", bank: "样本银行", account: "1234 5678" };
    expect(differing(typed, { ...typed, account: "12345678" })).toEqual([]);
    expect(differing(typed, { ...typed, bank: "别的银行", account: "87654321" })).toEqual(["bank", "account"]);
  });
});

describe("[UMG-1] the square of a picture", () => {
  const wide = { width: 800, height: 400 };
  it("is the middle at first, as large as it can be", () => expect(square(CENTRE, wide)).toEqual({ x: 200, y: 0, width: 400, height: 400 }));
  it("follows the finger and stays inside", () => {
    expect(square(moved(CENTRE, 0.25, 0, wide), wide)).toEqual({ x: 100, y: 0, width: 400, height: 400 });
    expect(square(moved(CENTRE, 9, 9, wide), wide)).toEqual({ x: 0, y: 0, width: 400, height: 400 });
    expect(square(moved({ ...CENTRE, zoom: 2 }, -9, -9, wide), wide)).toEqual({ x: 600, y: 200, width: 200, height: 200 });
  });
  it("zooms between one and four", () => expect([held({ ...CENTRE, zoom: 0 }, wide).zoom, held({ ...CENTRE, zoom: 9 }, wide).zoom]).toEqual([1, 4]));
});
