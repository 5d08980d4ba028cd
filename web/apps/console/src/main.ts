import { createApp } from "vue";
import "element-plus/theme-chalk/dark/css-vars.css";
import "./styles.css";
import App from "./App.vue";
import { i18n } from "./i18n";
import { router } from "./router";
import "./shared/theme";

createApp(App).use(i18n).use(router).mount("#app");
