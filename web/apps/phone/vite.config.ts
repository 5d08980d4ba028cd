import { VantResolver } from "@vant/auto-import-resolver";
import components from "unplugin-vue-components/vite";
import { defineConfig } from "vite";
import { appConfig } from "../../vite.shared.ts";

// Halves of Vue and vue-i18n that nothing here uses stay out of the first page.
const unused = { __VUE_OPTIONS_API__: "false", __VUE_I18N_LEGACY_API__: "false", __VUE_I18N_FULL_INSTALL__: "false", __INTLIFY_PROD_DEVTOOLS__: "false" };

export default defineConfig({
  ...appConfig("phone", "/", 5173, [components({ dts: "src/components.d.ts", dirs: [], resolvers: [VantResolver()] })]),
  define: unused,
});
