// Toast and question, the same everywhere. What the question looks like is loaded with the first one.
import { createApp, type Component } from "vue";
import { words } from "../i18n";

const TOAST_MS = { least: 2000, most: 6000, per_character: 90 };
let region: HTMLElement | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** One short sentence over the page, read out by screen readers; a later one takes the place of an earlier. */
export function toast(message: string): void {
  region ??= document.body.appendChild(Object.assign(document.createElement("div"), { className: "hl-toast", role: "status" }));
  region.textContent = message;
  region.classList.add("on");
  clearTimeout(timer);
  const shown = Math.min(TOAST_MS.most, TOAST_MS.least + message.length * TOAST_MS.per_character);
  timer = setTimeout(() => region?.classList.remove("on"), shown);
}

export interface Question {
  title: string;
  message?: string;
  yes?: string;
  no?: string;
}

/** Something that must be seen; one button. */
export async function tell(title: string, message: string): Promise<void> {
  await ask({ title, message, yes: words.t("shared.understood"), no: "" });
}

/** Puts a dialog over the page until it is answered. */
function over<A>(dialog: Component, props: Record<string, unknown>): Promise<A> {
  const place = document.body.appendChild(document.createElement("div"));
  return new Promise((resolve) => {
    const close = (answer: A) => {
      app.unmount();
      place.remove();
      resolve(answer);
    };
    const app = createApp(dialog, { ...props, close });
    app.mount(place);
  });
}

/** True when the person says yes. The words for no are the milder ones: leaving things as they are is the easy way. */
export async function ask(question: Question): Promise<boolean> {
  const { default: dialog } = await import("./QuestionDialog.vue");
  const { t } = words;
  return over<boolean>(dialog, { title: question.title, message: question.message ?? "", yes: question.yes ?? t("shared.ok"), no: question.no ?? t("shared.think_again") });
}

/** Characters of a reason, as the server has it. */
export const REASON_CHARS_MAX = 200;

/** A sentence, or null when the person gives up. Without `optional` it is not empty. */
export async function askReason(question: Question & { label: string; optional?: boolean }): Promise<string | null> {
  const { default: dialog } = await import("./ReasonDialog.vue");
  const { t } = words;
  const said = { yes: question.yes ?? t("shared.ok"), no: question.no ?? t("shared.cancel") };
  return over<string | null>(dialog, { ...said, title: question.title, message: question.message ?? "", label: question.label, most: REASON_CHARS_MAX, required: !question.optional });
}
