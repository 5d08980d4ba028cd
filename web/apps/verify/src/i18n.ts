import { createI18n } from "vue-i18n";
import why from "@hulian/ui/report/locale/zh-CN.json";
import words from "./locale/zh-CN.json";

export const i18n = createI18n({ legacy: false, locale: "zh-CN", fallbackLocale: "zh-CN", messages: { "zh-CN": { ...words, ...why } } });
