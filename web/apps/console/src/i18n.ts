// Words live in the features' locale files; another language is another file beside each of them.
import { createI18n } from "vue-i18n";

type Messages = Record<string, unknown>;
const files = import.meta.glob<Messages>("./features/*/locale/zh-CN.json", { eager: true, import: "default" });

const messages: Messages = {};
for (const words of Object.values(files)) Object.assign(messages, words);

export const i18n = createI18n({ legacy: false, locale: "zh-CN", fallbackLocale: "zh-CN", messages: { "zh-CN": messages as never } });
// The library's own types follow every key, which is too deep for a catalogue that is put together here.
const plain = i18n.global as unknown as { t: (key: string, words?: Record<string, unknown>) => string; te: (key: string) => boolean };
export const { t, te } = plain;
