import { VantResolver } from "@vant/auto-import-resolver";
import components from "unplugin-vue-components/vite";
import { defineConfig } from "vite";
import { appConfig } from "../../vite.shared.ts";
import app from "./package.json" with { type: "json" };
import { shellWorker } from "./shell-worker.ts";

// Halves of Vue and vue-i18n that nothing here uses stay out of the first page.
const define = { __VUE_OPTIONS_API__: "false", __VUE_I18N_LEGACY_API__: "false", __VUE_I18N_FULL_INSTALL__: "false", __INTLIFY_PROD_DEVTOOLS__: "false", __APP_VERSION__: JSON.stringify(app.version) };

export default defineConfig({
  ...appConfig("phone", "/", 5173, [components({ dts: "src/components.d.ts", dirs: [], resolvers: [VantResolver()] }), shellWorker()]),
  define,
});
