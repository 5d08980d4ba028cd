import { describe, expect, it } from "vitest";
// pdf.js draws the pages, so its own idea of what is seen is the judge of ours.
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { boxAsSeen, CSS_PX_PER_MM, sizeAsSeen, toMillimetres, toPixels, type UserSpace } from "../src/geometry.ts";

const POINTS_PER_MM = 72 / 25.4;

/** A PDF of one page with the given boxes, small enough to be read here. */
function onePage(rotate: number, crop: string, userUnit: number): Uint8Array {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Rotate ${rotate}/UserUnit ${userUnit}${crop}>>`,
  ];
  let text = "%PDF-1.7\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj${object}endobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 4\n0000000000 65535 f \n${table}trailer<</Root 1 0 R/Size 4>>\nstartxref\n${text.length}\n%%EOF`;
  return new TextEncoder().encode(text);
}

describe("places on a page as seen", () => {
  for (const rotate of [0, 90, 180, 270, -90]) {
    for (const crop of ["", "/CropBox[50 30 450 700]", "/CropBox[-20 -20 450 900]"]) {
      for (const userUnit of [1, 2]) {
        it(`agree with pdf.js at ${rotate} degrees, ${crop || "no CropBox"}, unit ${userUnit}`, async () => {
          const document = await getDocument({ data: onePage(rotate, crop, userUnit), verbosity: 0 }).promise;
          const page = await document.getPage(1);
          const space: UserSpace = { view: page.view as unknown as UserSpace["view"], rotate: page.rotate, userUnit: page.userUnit };
          const viewport = page.getViewport({ scale: 1 });
          const size = sizeAsSeen(space);
          expect(size.width_mm * POINTS_PER_MM).toBeCloseTo(viewport.width, 6);
          expect(size.height_mm * POINTS_PER_MM).toBeCloseTo(viewport.height, 6);

          const rect = [100, 200, 180, 320] as const;
          const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = viewport.convertToViewportRectangle([...rect]);
          const seen = toPixels(size, boxAsSeen(space, rect), 72 / 96);
          expect(seen.left).toBeCloseTo(Math.min(x1, x2), 6);
          expect(seen.top).toBeCloseTo(Math.min(y1, y2), 6);
          expect(seen.width).toBeCloseTo(Math.abs(x2 - x1), 6);
          expect(seen.height).toBeCloseTo(Math.abs(y2 - y1), 6);
        });
      }
    }
  }

  it("come back from pixels to where they were, at any scale", () => {
    const page = { width_mm: 210, height_mm: 297 };
    for (const scale of [0.5, 1, 2.37, 4]) {
      const { left, top, height } = toPixels(page, { x_mm: 12.3, y_mm: 45.6, width_mm: 40, height_mm: 40 }, scale);
      const back = toMillimetres(page, left, top + height, scale);
      expect(back.x_mm).toBeCloseTo(12.3, 9);
      expect(back.y_mm).toBeCloseTo(45.6, 9);
    }
    expect(toPixels(page, { x_mm: 0, y_mm: 257, width_mm: 40, height_mm: 40 }, 1)).toEqual({ left: 0, top: 0, width: 40 * CSS_PX_PER_MM, height: 40 * CSS_PX_PER_MM });
  });
});
