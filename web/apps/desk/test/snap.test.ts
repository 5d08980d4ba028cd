import { describe, expect, it } from "vitest";
import { cornerFor, follow, middleOf, nudge, snapInside } from "../src/features/placement/snap.ts";

const A4 = { width_mm: 210, height_mm: 297 };
const SEAL = { width_mm: 40, height_mm: 40 };

describe("a seal snaps inside the page", () => {
  it("at every edge and corner", () => {
    expect(snapInside(A4, SEAL, { x_mm: -3, y_mm: 400 })).toEqual({ x_mm: 0, y_mm: 257 });
    expect(snapInside(A4, SEAL, { x_mm: 500, y_mm: -1 })).toEqual({ x_mm: 170, y_mm: 0 });
    expect(snapInside(A4, SEAL, { x_mm: 12.34, y_mm: 56.78 })).toEqual({ x_mm: 12.3, y_mm: 56.8 });
  });

  it("wholly, whatever the size of paper that points make", () => {
    for (let points = 400; points < 900; points += 1) {
      const page = { width_mm: (points * 25.4) / 72, height_mm: (points * 25.4) / 72 };
      const { x_mm, y_mm } = snapInside(page, SEAL, { x_mm: 1000, y_mm: 1000 });
      expect(x_mm + SEAL.width_mm).toBeLessThanOrEqual(page.width_mm + 1e-9);
      expect(y_mm + SEAL.height_mm).toBeLessThanOrEqual(page.height_mm + 1e-9);
      expect(page.width_mm - SEAL.width_mm - x_mm).toBeLessThan(0.1001);
    }
  });

  it("at the corner when the page is smaller than the seal", () => {
    expect(snapInside({ width_mm: 30, height_mm: 30 }, SEAL, { x_mm: 5, y_mm: 5 })).toEqual({ x_mm: 0, y_mm: 0 });
  });

  it("with its middle under the pointer", () => {
    expect(cornerFor({ x_mm: 105, y_mm: 100 }, SEAL)).toEqual({ x_mm: 85, y_mm: 80 });
    expect(middleOf(A4, SEAL)).toEqual({ x_mm: 85, y_mm: 128.5 });
  });
});

describe("what follows the hand", () => {
  const mark = { page: 1, x_mm: 200, y_mm: 10, width_mm: 10, height_mm: 40 };
  it("moves whole seals freely and slices along their edge only", () => {
    const to = { x_mm: 33, y_mm: 44 };
    expect(follow({ ...mark, x_mm: 5 }, null, A4, SEAL, to)).toMatchObject({ x_mm: 33, y_mm: 44 });
    expect(follow(mark, { page: 1, from: 0, to: 0.25, edge: "right" }, A4, SEAL, to)).toMatchObject({ x_mm: 200, y_mm: 44 });
    expect(follow(mark, { page: 1, from: 0, to: 0.25, edge: "top" }, A4, SEAL, to)).toMatchObject({ x_mm: 33, y_mm: 10 });
  });

  it("arrow keys move by a millimetre, finely by a tenth", () => {
    expect(nudge("ArrowUp", false)).toEqual({ x_mm: 0, y_mm: 1 });
    expect(nudge("ArrowLeft", true)).toEqual({ x_mm: -0.1, y_mm: 0 });
    expect(nudge("Enter", false)).toBeNull();
  });
});
