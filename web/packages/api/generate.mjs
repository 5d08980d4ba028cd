// Writes src/gen/schema.d.ts from docs/api/openapi.json; `--check` only tells whether it is current.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../../../docs/api/openapi.json", import.meta.url);
const target = new URL("./src/gen/schema.d.ts", import.meta.url);

const document = JSON.parse(await readFile(source, "utf8"));
// The server names its operations within their modules, so that many are called the same; inside their paths they are unique.
for (const path of Object.values(document.paths)) for (const operation of Object.values(path)) delete operation.operationId;
const text = `// Generated from docs/api/openapi.json by \`npm run api\`; do not change by hand.\n${astToString(await openapiTS(document))}`;

if (process.argv.includes("--check")) {
  if ((await readFile(target, "utf8")) !== text) throw new Error("src/gen/schema.d.ts is out of date: npm run api");
} else {
  await writeFile(target, text);
}
