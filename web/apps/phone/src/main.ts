import { createPinia } from "pinia";
import { createApp } from "vue";
import App from "./App.vue";
import { i18n } from "./i18n";
import { router } from "./router";
import { keepUpdated } from "./shared/update";
import { followScheme } from "./theme/scheme";
import "vant/es/style/base.css";
import "./theme/theme.css";
import "./theme/base.css";

followScheme();
createApp(App).use(createPinia()).use(i18n).use(router).mount("#app");
keepUpdated();
