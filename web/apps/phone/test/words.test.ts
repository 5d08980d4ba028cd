// Two changes that are each right can meet and leave a key without words.
import { join } from "node:path";
import { expect, it } from "vitest";
import { catalogue } from "../../../packages/ui/test/words.ts";

const { codes, missing } = catalogue(join(import.meta.dirname, "../src"));

it("every word that a page says is in a catalogue", () => {
  expect(codes.length).toBeGreaterThan(100);
  expect([...new Set(codes.flatMap(missing))]).toEqual([]);
});
