// An app's words beside the keys that its code asks for: a key without words is shown as it is.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Words = { [key: string]: Words | string };

/** Words over words: what both have is put together, as the apps do with words that come later. */
function over(words: Words, more: Words): Words {
  for (const [key, value] of Object.entries(more)) {
    const there = words[key];
    words[key] = typeof there === "object" && typeof value === "object" ? over(there, value) : value;
  }
  return words;
}

/** What stands in the folder `source` of an app. */
export function catalogue(source: string) {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" });
  const read = (path: string) => readFileSync(join(source, path), "utf8");
  const words = files.filter((path) => path.endsWith("zh-CN.json")).map((path) => JSON.parse(read(path)) as Words).reduce(over, {});
  const find = (key: string) => key.split(".").reduce<Words | string | undefined>((at, part) => (typeof at === "object" ? at[part] : undefined), words);
  const codes = files.filter((path) => /\.(vue|ts)$/.test(path) && !path.endsWith(".d.ts"));
  /** Keys that this file names and nobody has words for; of a key that is put together, its beginning. */
  const missing = (path: string): string[] => {
    const text = read(path);
    const whole = [...text.matchAll(/\bt\(\s*(?:"([a-z0-9_.]+)"|'([a-z0-9_.]+)')/g)].map((hit) => hit[1] ?? hit[2] ?? "");
    const begun = [...text.matchAll(/\bt\(\s*(?:[a-z]+ \? )?`([a-z0-9_.]+)\.\$\{/g)].map((hit) => hit[1] ?? "");
    return [...whole.filter((key) => typeof find(key) !== "string"), ...begun.filter((key) => typeof find(key) !== "object")];
  };
  return { codes, read, find, missing };
}
