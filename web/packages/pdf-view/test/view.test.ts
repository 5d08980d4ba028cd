import { describe, expect, it } from "vitest";
import { anchorAt, GAP_PX, layOut, leftOf, pageAt, pagesInView, placeOf } from "../src/layout.ts";
import { RenderQueue } from "../src/queue.ts";
import { scaleOf, stepZoom, usualSize, wheelZoom, ZOOM_MAX, ZOOM_MIN } from "../src/zoom.ts";

const A4 = { width_mm: 210, height_mm: 297 };
const A3_ACROSS = { width_mm: 420, height_mm: 297 };
const thousand = Array.from({ length: 1000 }, (_, index) => (index % 10 === 3 ? A3_ACROSS : A4));

describe("layout", () => {
  it("shows a handful of a thousand pages, wherever one is", () => {
    const layout = layOut(thousand, 1, 900);
    for (const top of [0, 12_345, layout.height / 2, layout.height - 700]) {
      const pages = pagesInView(layout, top, 700);
      expect(pages.length).toBeLessThanOrEqual(5);
      const seen = pages.filter((index) => (layout.tops[index] ?? 0) < top + 700 && (layout.tops[index] ?? 0) + (layout.heights[index] ?? 0) > top);
      expect(seen.length).toBeGreaterThan(0);
    }
    expect(pagesInView(layOut([], 1, 900), 0, 700)).toEqual([]);
  });

  it("finds the page at every height", () => {
    const layout = layOut(thousand, 1, 900);
    for (let index = 0; index < 1000; index += 37) {
      expect(pageAt(layout, layout.tops[index] ?? 0)).toBe(index);
      expect(pageAt(layout, (layout.tops[index] ?? 0) + (layout.heights[index] ?? 0) - 1)).toBe(index);
    }
    expect(pageAt(layout, -5)).toBe(0);
  });

  it("keeps the point under the pointer through any zoom", () => {
    const before = layOut(thousand, 1, 900);
    const held = anchorAt(before, 333, 54_321);
    const after = layOut(thousand, 2.5, 900);
    const back = placeOf(before, anchorAt(after, placeOf(after, held).x, placeOf(after, held).y));
    expect(back.x).toBeCloseTo(333, 6);
    expect(back.y).toBeCloseTo(54_321, 6);
  });

  it("centres narrow pages beside wide ones", () => {
    const layout = layOut([A4, A3_ACROSS], 1, 500);
    expect(leftOf(layout, 1)).toBeCloseTo(GAP_PX);
    expect(leftOf(layout, 0) * 2 + (layout.widths[0] ?? 0)).toBeCloseTo(layout.width);
  });
});

describe("zoom", () => {
  it("steps through all sizes and stops at both ends", () => {
    let scale = ZOOM_MIN;
    for (let turn = 0; turn < 30; turn += 1) scale = stepZoom(scale, true);
    expect(scale).toBe(ZOOM_MAX);
    for (let turn = 0; turn < 30; turn += 1) scale = stepZoom(scale, false);
    expect(scale).toBe(ZOOM_MIN);
    expect(stepZoom(0.93, true)).toBe(1);
    expect(stepZoom(0.93, false)).toBe(0.9);
  });

  it("turns back to where it was", () => {
    expect(wheelZoom(wheelZoom(1, -120), 120)).toBeCloseTo(1, 9);
    expect(wheelZoom(3.9, -10_000)).toBe(ZOOM_MAX);
    expect(wheelZoom(0.6, 10_000)).toBe(ZOOM_MIN);
  });

  it("fits what most pages are, not the one large plan", () => {
    expect(usualSize([A3_ACROSS, A4, A4])).toBe(A4);
    expect(usualSize([])).toBeUndefined();
  });

  it("fits width and page", () => {
    const room = { width: 900, height: 700 };
    expect(layOut([A4], scaleOf("width", A4, room), 900).width).toBeCloseTo(900);
    expect((layOut([A4], scaleOf("page", A4, room), 900).heights[0] ?? 0) + 2 * GAP_PX).toBeCloseTo(700);
    expect(scaleOf("width", undefined, room)).toBe(1);
    expect(scaleOf(9, A4, room)).toBe(ZOOM_MAX);
  });
});

describe("render queue", () => {
  it("draws what is looked at first, and drops what is not seen any more", async () => {
    const queue = new RenderQueue(1);
    const drawn: string[] = [];
    const job = (name: string, rank: number) => ({ rank, run: async () => void drawn.push(name) });
    const jobs = [queue.add(job("thumbnail", 1)), queue.add(job("gone", 0)), queue.add(job("older", 0)), queue.add(job("newer", 0))];
    jobs[1]?.cancel();
    await Promise.all(jobs.map((entry) => entry.settled));
    expect(drawn).toEqual(["newer", "older", "thumbnail"]);
  });

  it("tells a running job to stop and goes on after a failure", async () => {
    const queue = new RenderQueue(1);
    let stopped = false;
    const running = queue.add({
      rank: 0,
      run: (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => ((stopped = true), reject(new Error("stopped"))))),
    });
    await Promise.resolve();
    let ran = false;
    const next = queue.add({ rank: 0, run: async () => void (ran = true) });
    running.cancel();
    await Promise.all([running.settled, next.settled]);
    expect([stopped, ran]).toEqual([true, true]);
  });
});
