// Opening, choosing, saving and closing documents.
import { computed, reactive, ref, shallowRef } from "vue";
import type { Anchor, Zoom } from "@hulian/pdf-view";
import { t } from "../../i18n";
import { api, BASE, upload } from "../../shared/api";
import { ask, attempt, tell, tellProblem } from "../../shared/notice";
import type { DeskDocument } from "../../shared/types";
import { documents, onDocument, takeDocument } from "../desk/useDesk";

export interface Upload {
  key: number;
  file_name: string;
  part: number;
  error: unknown;
  abort: () => void;
}

const ACTIVE = "hulian.desk.active";

export const uploads = reactive<Upload[]>([]);
const active_id = ref<string | null>(sessionStorage.getItem(ACTIVE));
let keys = 0;

export const listed = computed(() => [...documents.values()]);
export const active = computed<DeskDocument | null>(() => (active_id.value && documents.get(active_id.value)) || listed.value[0] || null);

export function choose(document_id: string): void {
  active_id.value = document_id;
  sessionStorage.setItem(ACTIVE, document_id);
}

export function chooseNext(step: number): void {
  const all = listed.value;
  const index = all.findIndex((document) => document === active.value);
  const next = all[(index + step + all.length) % all.length];
  if (next) choose(next.document_id);
}

/** Where somebody is in a document; lives as long as the page. */
export interface Reading {
  page: number;
  zoom: Zoom;
  scale: number;
  anchor: Anchor | undefined;
}

const readings = new Map<string, Reading>();

export function reading(document_id: string): Reading {
  let found = readings.get(document_id);
  if (!found) {
    found = reactive({ page: 1, zoom: "width" as Zoom, scale: 1, anchor: undefined });
    readings.set(document_id, found);
  }
  return found;
}

export function fileUrl(document: DeskDocument): string {
  return `${BASE}/documents/${document.document_id}/file?revision=${document.revision}`;
}

/** Files go up one after another: several at once would only share the same disk. */
let line: Promise<unknown> = Promise.resolve();

export function open(files: Iterable<File>): void {
  for (const file of files) {
    const entry = reactive<Upload>({ key: ++keys, file_name: file.name, part: 0, error: null, abort: () => (entry.error = new Error("stopped")) });
    uploads.push(entry);
    line = line.then(() => send(file, entry));
  }
}

async function send(file: File, entry: Upload): Promise<void> {
  if (!uploads.includes(entry)) return;
  const { done, abort } = upload<DeskDocument>("/documents", file, (part) => (entry.part = part));
  entry.abort = abort;
  try {
    const document = await done;
    takeDocument(document);
    choose(document.document_id);
    dismiss(entry);
  } catch (error) {
    entry.error = error;
  }
}

export function dismiss(entry: Upload): void {
  if (entry.error === null && entry.part < 1) entry.abort();
  const index = uploads.findIndex((other) => other.key === entry.key);
  if (index >= 0) uploads.splice(index, 1);
}

export function pickFiles(): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = "application/pdf,.pdf";
  input.multiple = true;
  input.onchange = () => open(input.files ?? []);
  input.click();
}

export async function close(target: DeskDocument): Promise<void> {
  const lost = !target.saved;
  if (lost && !(await ask(t("document.close_title"), t("document.close_unsaved", { name: target.file_name }), t("document.close_anyway")))) return;
  await attempt(async () => {
    await api.remove(`/documents/${target.document_id}`);
    documents.delete(target.document_id);
    readings.delete(target.document_id);
  });
}

export function download(target: DeskDocument): void {
  const link = document.createElement("a");
  link.href = `${BASE}/documents/${target.document_id}/download`;
  link.download = "";
  link.click();
}

/** Saves over the file that was opened, or downloads what has none. */
export async function save(target: DeskDocument): Promise<void> {
  if (!target.path) return download(target);
  await saveTo(target, target.path, false);
}

/** The desk looks at the file at the moment of saving and refuses; what this page knew before may be old. */
const QUESTIONS: Record<string, (target: DeskDocument, path: string) => string> = {
  changed_outside: ({ file_name }) => t("document.overwrite_changed", { name: file_name }),
  file_exists: (_, path) => t("document.overwrite_exists", { path }),
};

export async function saveTo(target: DeskDocument, path: string, overwrite: boolean): Promise<boolean> {
  const own = path === target.path;
  try {
    takeDocument(await api.post<DeskDocument>(`/documents/${target.document_id}/save`, own ? { overwrite } : { path, overwrite }));
    tell(t("document.saved", { path }));
    return true;
  } catch (error) {
    const question = overwrite ? undefined : QUESTIONS[(error as { code?: string }).code ?? ""];
    if (!question) tellProblem(error);
    else if (await ask(t("document.overwrite_title"), question(target, path), t("document.overwrite"))) return saveTo(target, path, true);
    return false;
  }
}

/** What has just been sealed shines for a moment. */
export const landed = shallowRef<{ document_id: string; revision: number } | null>(null);
onDocument((document, before) => {
  if (before && document.revision > before.revision) landed.value = { document_id: document.document_id, revision: document.revision };
});
