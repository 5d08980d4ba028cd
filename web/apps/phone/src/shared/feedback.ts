// Toast and question, the same everywhere. What the question looks like is loaded with the first one.
import { createApp } from "vue";
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

/** True when the person says yes. The words for no are the milder ones: leaving things as they are is the easy way. */
export async function ask(question: Question): Promise<boolean> {
  const { default: QuestionDialog } = await import("./QuestionDialog.vue");
  const { t } = words;
  const place = document.body.appendChild(document.createElement("div"));
  return new Promise((resolve) => {
    const close = (said: boolean) => {
      app.unmount();
      place.remove();
      resolve(said);
    };
    const app = createApp(QuestionDialog, { title: question.title, message: question.message ?? "", yes: question.yes ?? t("shared.ok"), no: question.no ?? t("shared.think_again"), close });
    app.mount(place);
  });
}
