// Words live in the features' locale files; another language is another file beside each of them.
import { createI18n } from "vue-i18n";

type Messages = Record<string, unknown>;
const files = import.meta.glob<Messages>(["./features/{home,start,sign-in}/locale/zh-CN.json", "./shared/locale/shared.zh-CN.json"], { eager: true, import: "default" });

const messages: Messages = {};
for (const words of Object.values(files)) Object.assign(messages, words);

export const i18n = createI18n({ legacy: false, locale: "zh-CN", fallbackLocale: "zh-CN", messages: { "zh-CN": messages as never } });

let coming: Promise<void> | undefined;

/** All other words: every page but the first few waits for them. */
export function laterWords(): Promise<void> {
  coming ??= import("./later").then(
    ({ default: all }) => {
      for (const words of all) i18n.global.mergeLocaleMessage("zh-CN", words as never);
    },
    (reason: unknown) => {
      coming = undefined;
      throw reason;
    },
  );
  return coming;
}

/** The same words outside of components. Keys come from many files, so their type is just text. */
export interface Words {
  t(key: string, params?: Record<string, unknown>): string;
  te(key: string): boolean;
}
export const words = i18n.global as unknown as Words;
