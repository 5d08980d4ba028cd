// A key without words is shown as it is: two changes that are each right can meet and leave one.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const source = join(import.meta.dirname, "../src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" });
const read = (path: string) => readFileSync(join(source, path), "utf8");

type Words = { [key: string]: Words | string };
const words: Words = Object.assign({}, ...files.filter((path) => path.endsWith("zh-CN.json")).map((path) => JSON.parse(read(path)) as Words));
const find = (key: string) => key.split(".").reduce<Words | string | undefined>((at, part) => (typeof at === "object" ? at[part] : undefined), words);

it("every word that a page says is in a catalogue", () => {
  const missing: string[] = [];
  for (const path of files.filter((it) => /\.(vue|ts)$/.test(it) && !it.endsWith(".d.ts"))) {
    const text = read(path);
    const whole = [...text.matchAll(/\bt\(\s*(["'])([a-z0-9_.]+)\1/g)].map((hit) => hit[2] ?? "");
    const begun = [...text.matchAll(/\bt\(\s*`([a-z0-9_.]+)\.\$\{/g)].map((hit) => hit[1] ?? "");
    missing.push(...whole.filter((key) => typeof find(key) !== "string"), ...begun.filter((key) => typeof find(key) !== "object"));
  }
  expect([...new Set(missing)]).toEqual([]);
});
