// What the four apps share: where they are built to, and how little the first page may cost.
import { fileURLToPath } from "node:url";
import messages from "@intlify/unplugin-vue-i18n/vite";
import vue from "@vitejs/plugin-vue";
import type { PluginOption, Rolldown, UserConfig } from "vite";

/** Where the development server sends API calls. */
const API = process.env["HULIAN_API"] ?? "http://127.0.0.1:8600";
const DIST = fileURLToPath(new URL("../crates/web-assets/dist/", import.meta.url));

/** Vant's icon style names a remote copy of its font as a second source, and browsers ask for it (strict CSP forbids that). */
const localIconFont: PluginOption = {
  name: "local-icon-font",
  enforce: "pre",
  transform(code, id) {
    if (!id.includes("vant/es/icon/index.css")) return null;
    return code.replace(/,\s*url\((?!["']?data:)[^)]*\)\s*format\([^)]*\)/g, "");
  },
};

/** The words are compiled here, so that no page carries a compiler for them. */
const words = { include: fileURLToPath(new URL("**/locale/*.json", import.meta.url)), compositionOnly: true, fullInstall: false, dropMessageCompiler: true, strictMessage: true };

/** What every page needs is one file. */
const first: Rolldown.CodeSplittingGroup = { name: "app", tags: ["$initial"] };
/** Small pieces that several pages share travel together: on a slow network a file costs more than its bytes. */
const common = { name: "common", test: /\/(src\/shared|packages|vant)\//, minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 20_000 };
/** What Vant's components stand on comes before all of them: two shared files that need one another would begin half made. */
const vant = { name: "vant", test: /\/vant\/es\/(utils|locale|composables)\// };
/** A scan is one way through several pages. */
const scan = { name: "scan", test: /features\/scan\// };
/** Such a piece is called after all pages that use it, which is no name for a file. */
const named = (name: string | undefined): string => `assets/${(name ?? "part").split("~")[0]}-[hash]`;
const output = {
  codeSplitting: { groups: [first, vant, common, scan] },
  chunkFileNames: ({ name }: { name: string }) => `${named(name)}.js`,
  assetFileNames: ({ names }: { names: string[] }) => `${named(names[0]?.replace(/\.[^.]*$/, ""))}[extname]`,
};

export function appConfig(app: string, base: string, port: number, plugins: PluginOption[] = []): UserConfig {
  return {
    base,
    plugins: [localIconFont, vue(), messages(words), ...plugins],
    build: { outDir: `${DIST}${app}`, emptyOutDir: true, target: "es2022", modulePreload: { polyfill: false }, reportCompressedSize: false, rolldownOptions: { output } },
    worker: { format: "es" },
    server: { port, strictPort: true, proxy: { "/api": API, "/sandbox": API } },
  };
}
