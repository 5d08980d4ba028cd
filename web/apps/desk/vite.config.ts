import { ElementPlusResolver } from "unplugin-vue-components/resolvers";
import components from "unplugin-vue-components/vite";
import { defineConfig } from "vite";
import { appConfig } from "../../vite.shared.ts";

export default defineConfig(
  appConfig("desk", "/", 5174, [components({ dts: "src/components.d.ts", dirs: [], resolvers: [ElementPlusResolver()] })]),
);
