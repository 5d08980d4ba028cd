// Words live in the features' locale files; another language is another file beside each of them.
import why from "@hulian/ui/report/locale/zh-CN.json";
import { createI18n } from "vue-i18n";

type Messages = Record<string, unknown>;
const files = import.meta.glob<Messages>(["./features/*/locale/zh-CN.json", "./shared/locale/*.zh-CN.json"], { eager: true, import: "default" });

const messages: Messages = { ...why };
for (const words of Object.values(files)) Object.assign(messages, words);

export const i18n = createI18n({ legacy: false, locale: "zh-CN", fallbackLocale: "zh-CN", missingWarn: import.meta.env.DEV, messages: { "zh-CN": messages as never } });

/** Outside of components; the keys are plain text, since their type would be all sentences at once. */
export const { t, te } = i18n.global as unknown as { t: (key: string, params?: Record<string, unknown>) => string; te: (key: string) => boolean };
