// What the four apps share: where they are built to, and how little the first page may cost.
import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import type { PluginOption, UserConfig } from "vite";

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

export function appConfig(app: string, base: string, port: number, plugins: PluginOption[] = []): UserConfig {
  return {
    base,
    plugins: [localIconFont, vue(), ...plugins],
    build: { outDir: `${DIST}${app}`, emptyOutDir: true, target: "es2022", modulePreload: { polyfill: false }, reportCompressedSize: false },
    worker: { format: "es" },
    server: { port, strictPort: true, proxy: { "/api": API, "/sandbox": API } },
  };
}
