import { ElementPlusResolver } from "unplugin-vue-components/resolvers";
import components from "unplugin-vue-components/vite";
import { defineConfig } from "vite";
import { pdfAssets } from "../../packages/pdf-view/src/assets.ts";
import { appConfig } from "../../vite.shared.ts";

export default defineConfig(
  appConfig("desk", "/", 5174, [components({ dts: "src/components.d.ts", dirs: [], resolvers: [ElementPlusResolver()] }), pdfAssets()]),
);
