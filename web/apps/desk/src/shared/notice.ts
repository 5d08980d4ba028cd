// Short words to the person, and questions before something is lost.
import { ElMessage } from "element-plus/es/components/message/index";
import { ElMessageBox } from "element-plus/es/components/message-box/index";
import "element-plus/es/components/message/style/css";
import "element-plus/es/components/message-box/style/css";
import { t } from "../i18n";
import { problemText } from "./words";

export function tell(message: string, type: "success" | "warning" | "info" = "success"): void {
  ElMessage({ message, type, grouping: true, duration: 4000 });
}

export function tellProblem(error: unknown): void {
  ElMessage({ message: problemText(error), type: "error", grouping: true, showClose: true, duration: 8000 });
}

export async function ask(title: string, message: string, yes: string): Promise<boolean> {
  try {
    await ElMessageBox.confirm(message, title, { confirmButtonText: yes, cancelButtonText: t("common.back"), autofocus: true, closeOnClickModal: true });
    return true;
  } catch {
    return false;
  }
}

/** Does something and says so when it is refused. */
export async function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    tellProblem(error);
    return undefined;
  }
}
