import { describe, expect, it } from "vitest";
import { fit, SIDES } from "../../src/features/scan/picture";

describe("pictures from the album", () => {
  it("are drawn smaller before anything looks at them", () => {
    expect(fit(9000, 6000, SIDES[0] as number)).toEqual({ width: 1280, height: 853 });
    expect(fit(1, 40_000, 1280)).toEqual({ width: 1, height: 1280 });
  });
  it("are never drawn larger", () => expect(fit(300, 200, 1280)).toEqual({ width: 300, height: 200 }));
});
