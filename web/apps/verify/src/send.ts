// One file to the server; XMLHttpRequest because fetch does not tell how far an upload is.
import { readReport, type Report } from "./report";

export const FILE_BYTES_MAX = 256 * 1024 * 1024;

export type Answer = { report: Report; raw: unknown } | { code: string; params: Record<string, unknown> };

export function send(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<Answer> {
  if (file.size > FILE_BYTES_MAX) return Promise.resolve({ code: "too_large_here", params: {} });
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const offline = (): void => resolve({ code: "offline", params: {} });
    request.open("POST", "/api/v1/verifications");
    request.setRequestHeader("content-type", "application/pdf");
    request.upload.onprogress = (event) => progress(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => resolve(answer(request.status, request.responseText));
    request.onerror = offline;
    request.onabort = offline;
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

export function answer(status: number, text: string): Answer {
  const unreadable: Answer = { code: "unreadable_answer", params: {} };
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return unreadable;
  }
  if (status === 200) {
    const report = readReport(raw);
    return report ? { report, raw } : unreadable;
  }
  const problem = raw as { code?: unknown; params?: Record<string, unknown> } | null;
  return typeof problem?.code === "string" ? { code: problem.code, params: problem.params ?? {} } : unreadable;
}
