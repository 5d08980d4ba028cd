// A continuous run: one document after another, with one unlocking of the phone.
import { ref, shallowRef } from "vue";
import { api } from "../../shared/api";
import { attempt } from "../../shared/notice";
import type { DeskDocument, Run, Scan } from "../../shared/types";
import { onRun } from "../desk/useDesk";
import { choose } from "../document/useDocuments";
import { formatMode } from "../placement/mode";
import { modeOf, placeOf, wishFor, type Wish, type WishError } from "../placement/usePlacement";
import { dismiss, GOOD, onEnded, take } from "../scan/useScans";

const KEY = "hulian.desk.run";

export const run = shallowRef<Run | null>(null);
export const dialogOpen = ref(false);
/** Documents of the run in their order, for the list of what is done. */
export const order = ref<string[]>([]);

export interface RunItem {
  document_id: string;
  mode: string;
  x_mm?: number;
  y_mm?: number;
}

/** The wish of the document in front, for another one; or what does not fit it. */
export function itemFor(document: DeskDocument, wish: Wish): { item: RunItem } | { error: WishError } {
  const read = modeOf(wish, document.page_count);
  if ("error" in read) return read;
  const at = placeOf(wish, document);
  if (read.mode.kind !== "keyword" && !at) return { error: { key: "no_place", at: "" } };
  return { item: { document_id: document.document_id, mode: formatMode(read.mode), ...(at ?? {}) } };
}

function takeRun(next: Run): void {
  run.value = next;
  sessionStorage.setItem(KEY, JSON.stringify({ run_id: next.run_id, order: order.value }));
  if (!next.scan) return;
  if (!GOOD.has(next.scan.state)) take(next.scan);
  if (next.scan.document_id) choose(next.scan.document_id);
}

export async function begin(items: RunItem[], seal_id: string | null, platform_id: string | null): Promise<boolean> {
  order.value = items.map((item) => item.document_id);
  const begun = await attempt(() => api.post<Run>("/runs", { items, platform_id, ...(seal_id ? { seal_id } : {}) }));
  if (begun) takeRun(begun);
  return begun !== undefined;
}

/** Seals come one after another by themselves; the next code is asked for until it is there. */
const NEXT_PAUSE_MS = 300;
const NEXT_TRIES = 40;

async function next(ended: Scan): Promise<void> {
  for (let turn = 0; turn < NEXT_TRIES && run.value; turn += 1) {
    const now = await api.get<Run>(`/runs/${run.value.run_id}`).catch(() => null);
    if (!now) break;
    takeRun(now);
    if (now.done >= now.total || (now.scan && now.scan.scan_id !== ended.scan_id)) return;
    await new Promise((resolve) => setTimeout(resolve, NEXT_PAUSE_MS));
  }
}

onRun((news) => {
  if (news.run_id === run.value?.run_id) takeRun(news);
});

// The desk tells of it by an event too; who has only polling asks.
onEnded((scan) => {
  if (run.value && scan.run_id === run.value.run_id && GOOD.has(scan.state)) void next(scan);
});

export async function stop(): Promise<void> {
  const ending = run.value;
  if (!ending) return;
  if (ending.done < ending.total) await api.remove(`/runs/${ending.run_id}`).catch(() => undefined);
  if (ending.scan) dismiss(ending.scan);
  forget();
}

function forget(): void {
  run.value = null;
  order.value = [];
  sessionStorage.removeItem(KEY);
}

export async function resume(): Promise<void> {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as { run_id?: unknown; order?: unknown } | null;
  if (typeof kept?.run_id !== "string") return;
  order.value = Array.isArray(kept.order) ? kept.order.filter((id): id is string => typeof id === "string") : [];
  const found = await api.get<Run>(`/runs/${encodeURIComponent(kept.run_id)}`).catch(() => null);
  if (found && found.done < found.total) takeRun(found);
  else forget();
}

/** The wish in front is what every document of the run gets. */
export function itemsOf(documents: readonly DeskDocument[], source: DeskDocument): { document: DeskDocument; made: ReturnType<typeof itemFor> }[] {
  return documents.map((document) => ({ document, made: itemFor(document, wishFor(source.document_id)) }));
}
