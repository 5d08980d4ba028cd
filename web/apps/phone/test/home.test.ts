import { describe, expect, it } from "vitest";
import { nextOf, type Standing } from "../src/features/home/way";

const nothing: Standing = { verified: false, password_set: false, unit: null, bought: false, waiting: null, usable: false, seal: false };

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
