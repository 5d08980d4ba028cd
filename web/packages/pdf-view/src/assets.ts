// A Vite plugin: what pdf.js fetches at run time (character maps, standard fonts, decoders) is served from the app's own
// folder, in development and in the build. Without them pages with fonts that are not embedded stay blank.
import { cpSync, createReadStream, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, normalize } from "node:path";
import type { Plugin } from "vite";

const FOLDERS = ["cmaps", "standard_fonts", "wasm", "iccs"] as const;
const PREFIX = "pdfjs/";

export function pdfAssets(): Plugin {
  const from = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  let outDir = "";
  return {
    name: "pdf-assets",
    configResolved(config) {
      outDir = join(config.root, config.build.outDir);
      if (config.build.outDir.startsWith("/")) outDir = config.build.outDir;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = normalize(decodeURIComponent((request.url ?? "").split("?")[0] ?? "")).replace(/^\//, "");
        const name = path.slice(path.indexOf(PREFIX) + PREFIX.length);
        if (!path.includes(PREFIX) || !FOLDERS.some((folder) => name.startsWith(`${folder}/`)) || !existsSync(join(from, name))) return next();
        if (name.endsWith(".wasm")) response.setHeader("content-type", "application/wasm");
        createReadStream(join(from, name)).pipe(response);
      });
    },
    closeBundle() {
      for (const folder of FOLDERS) cpSync(join(from, folder), join(outDir, PREFIX, folder), { recursive: true });
    },
  };
}
