// Writes the service worker of a build: the hand-written one in src/shell-worker.js, with the names of this build's files
// put into it. Its bytes change with every build, which is how browsers notice a new version.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** Files beyond this are fetched when they are needed: decoders, for one. */
const SHELL_FILE_BYTES_MAX = 200_000;

export function shellWorker(): Plugin {
  return {
    name: "shell-worker",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const size = (file: (typeof bundle)[string]) => (file.type === "chunk" ? file.code.length : file.source.length);
        const names = Object.values(bundle).filter((file) => /\.(js|css)$/.test(file.fileName) && size(file) <= SHELL_FILE_BYTES_MAX).map(({ fileName }) => `/${fileName}`).sort();
        const index = bundle["index.html"];
        const digest = createHash("sha256").update(names.join("\n")).update(index?.type === "asset" ? index.source : "").digest("hex").slice(0, 16);
        const source = readFileSync(new URL("./src/shell-worker.js", import.meta.url), "utf8").replace('"__VERSION__"', JSON.stringify(digest)).replace('["__FILES__"]', JSON.stringify(names));
        this.emitFile({ type: "asset", fileName: "sw.js", source });
      },
    },
  };
}
