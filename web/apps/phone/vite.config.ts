import { VantResolver } from "@vant/auto-import-resolver";
import components from "unplugin-vue-components/vite";
import { defineConfig } from "vite";
import { appConfig } from "../../vite.shared.ts";

export default defineConfig(
  appConfig("phone", "/", 5173, [components({ dts: "src/components.d.ts", dirs: [], resolvers: [VantResolver()] })]),
);
