import { createPinia } from "pinia";
import { createApp } from "vue";
import App from "./App.vue";
import { i18n } from "./i18n";
import { router } from "./router";
import { keepFault, watchFaults } from "./shared/faults";
import { keepUpdated } from "./shared/update";
import { followScheme } from "./theme/scheme";
import "vant/es/style/base.css";
import "./theme/theme.css";
import "./theme/base.css";

followScheme();
watchFaults(window);
const app = createApp(App).use(createPinia()).use(i18n).use(router);
app.config.errorHandler = (reason, _instance, where) => {
  keepFault("vue", `${where} ${String(reason)}`);
  console.error(reason);
};
// The first screen comes in a task of its own, and until then what the page came with stays: nothing flashes in between.
const mount = () => app.mount("#app");
router.isReady().then(mount, mount);
keepUpdated();
