// Builds the four apps into crates/web-assets/dist and puts a Brotli twin beside every file that shrinks.
// The server embeds that folder, so it must be whole: it is built beside and a stamp is written last.
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { build } from "vite";

const compress = promisify(brotliCompress);
const root = fileURLToPath(new URL(".", import.meta.url));
const dist = fileURLToPath(new URL("../crates/web-assets/dist/", import.meta.url));
const apps = process.argv.length > 2 ? process.argv.slice(2) : ["phone", "desk", "console", "verify"];
const TEXT = /\.(html|js|mjs|css|json|svg|wasm|webmanifest|bcmap|pfb|ttf|txt)$/;

async function* files(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

/** Quality 11 is slow on the megabytes of fonts and maps, and gains little there over 9. */
async function twin(path) {
  const bytes = await readFile(path);
  if (bytes.length < 512) return;
  const quality = bytes.length > 500_000 ? 9 : 11;
  const packed = await compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  if (packed.length < bytes.length * 0.95) await writeFile(`${path}.br`, packed);
}

for (const app of apps) {
  await build({ root: join(root, "apps", app), logLevel: "warn" });
  const paths = [];
  for await (const path of files(join(dist, app))) if (TEXT.test(path)) paths.push(path);
  for (const path of paths) await twin(path);
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  console.log(`${app}: ${paths.length} files, ${sizes.reduce((a, b) => a + b, 0)} bytes`);
}
