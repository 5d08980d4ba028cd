// Toast and question, the same everywhere. Their code is loaded with the first use.
import { words } from "../i18n";

export async function toast(message: string): Promise<void> {
  const { showToast } = await import("./feedback-vant");
  showToast({ message, wordBreak: "break-word", duration: 2000 + Math.min(4000, message.length * 80) });
}

/** True when the person says yes. The words for no are the milder ones: leaving things as they are is the easy way. */
export async function ask(question: { title: string; message?: string; yes?: string; no?: string }): Promise<boolean> {
  const { showConfirmDialog } = await import("./feedback-vant");
  const { t } = words;
  const options = {
    title: question.title,
    message: question.message ?? "",
    confirmButtonText: question.yes ?? t("shared.ok"),
    cancelButtonText: question.no ?? t("shared.think_again"),
  };
  return showConfirmDialog(options).then(
    () => true,
    () => false,
  );
}
