import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import app from "../package.json" with { type: "json" };
import { isNewest } from "../src/features/me/version";

const cargo = readFileSync(fileURLToPath(new URL("../../../../Cargo.toml", import.meta.url)), "utf8");

describe("[ACC-8] versions", () => {
  it("the app has the number that its server tells", () => expect(/^version = "([^"]+)"/m.exec(cargo)?.[1]).toBe(app.version));
  it("what is served and waits for nothing is the newest", () => {
    expect(isNewest("1.0.0", "1.0.0", false)).toBe(true);
    expect(isNewest("1.0.0", "1.0.0", true)).toBe(false);
    expect(isNewest("1.0.0", "1.0.1", false)).toBe(false);
  });
});
