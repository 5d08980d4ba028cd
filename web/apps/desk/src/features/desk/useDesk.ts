// What the desk is: server, person, platforms, documents. One copy for the whole page, kept up to date by events.
import { computed, reactive, ref, shallowReactive } from "vue";
import { api, Problem } from "../../shared/api";
import { live } from "../../shared/live";
import type { DeskDocument, DeskState, Run } from "../../shared/types";

/** `locked`: this browser has no cookie of the running desk; `gone`: the program does not answer. */
export type Access = "starting" | "open" | "locked" | "gone";

export const access = ref<Access>("starting");
export const documents = shallowReactive(new Map<string, DeskDocument>());
const state = reactive({
  server: { url: "", reachable: true, sandbox: false, phone_url: null },
  asker: { name: "", registered: false, signed_in: null },
  platforms: [],
  recovered: [],
}) as Omit<DeskState, "documents">;

type Listener = (document: DeskDocument, before: DeskDocument | undefined) => void;
const listeners = new Set<Listener>();

/** Called for every document that is new or changed. */
export function onDocument(listener: Listener): void {
  listeners.add(listener);
}

const runListeners = new Set<(run: Run) => void>();

/** Called when a run went on or ended. */
export function onRun(listener: (run: Run) => void): void {
  runListeners.add(listener);
}

export function takeDocument(document: DeskDocument): void {
  const before = documents.get(document.document_id);
  if (before && before.revision > document.revision) return;
  documents.set(document.document_id, document);
  for (const listener of listeners) listener(document, before);
}

function takeState(next: DeskState): void {
  Object.assign(state, { server: next.server, asker: next.asker, platforms: next.platforms, recovered: next.recovered });
  const listed = new Set(next.documents.map((document) => document.document_id));
  for (const id of documents.keys()) if (!listed.has(id)) documents.delete(id);
  next.documents.forEach(takeDocument);
  access.value = "open";
}

export async function refresh(signal?: AbortSignal): Promise<void> {
  try {
    takeState(await api.get<DeskState>("/state", signal));
  } catch (error) {
    if (!(error instanceof Problem)) return;
    if (error.status === 401) access.value = "locked";
    else if (error.code === "desk_gone" && access.value !== "locked") access.value = "gone";
  }
}

/** The address that `hulian desk` prints carries a token once; it is exchanged for a cookie and taken out of the address. */
async function enter(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) return;
  history.replaceState(null, "", location.pathname);
  await api.post("/session", { token }).catch(() => undefined);
}

export async function start(): Promise<void> {
  await enter();
  await refresh();
  if (access.value === "locked") return;
  live({
    path: "/events",
    on: {
      document: (data) => isDocument(data) && takeDocument(data),
      run: (data) => isRun(data) && runListeners.forEach((listener) => listener(data)),
      state: (data) => (isState(data) ? takeState(data) : void refresh()),
    },
    poll: refresh,
    reopened: () => void refresh(),
  });
}

function isDocument(data: unknown): data is DeskDocument {
  return typeof data === "object" && data !== null && "document_id" in data && "pages" in data;
}

function isRun(data: unknown): data is Run {
  return typeof data === "object" && data !== null && "run_id" in data && "total" in data;
}

function isState(data: unknown): data is DeskState {
  return typeof data === "object" && data !== null && "server" in data && "documents" in data;
}

export const server = computed(() => state.server);
export const asker = computed(() => state.asker);
export const signedIn = computed(() => state.asker.signed_in);
export const platforms = computed(() => state.platforms);
export const recovered = computed(() => state.recovered.filter((id) => documents.has(id)));
