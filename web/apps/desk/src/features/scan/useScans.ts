// Open scans: followed live until they end, found again after the page was reloaded or the desk started anew.
import { computed, shallowReactive, watch } from "vue";
import { t } from "../../i18n";
import { api } from "../../shared/api";
import { live, type Live } from "../../shared/live";
import { attempt, tell } from "../../shared/notice";
import type { Scan, ScanState } from "../../shared/types";
import { documents, refresh, takeDocument } from "../desk/useDesk";
import type { DeskDocument } from "../../shared/types";
import { settle } from "../placement/usePlacement";

export const ENDED: ReadonlySet<ScanState> = new Set(["landed", "signed_in", "removed", "refused", "expired", "cancelled", "failed", "changed"]);
/** What went well needs no panel any more. */
export const GOOD: ReadonlySet<ScanState> = new Set(["landed", "signed_in", "removed"]);

const KEY = "hulian.desk.scans";

const scans = shallowReactive(new Map<string, Scan>());
/** The scan of each document, and of signing in (no document). */
const current = shallowReactive(new Map<string, string>());
const streams = new Map<string, Live>();
const SIGN_IN = "sign-in";

type Ended = (scan: Scan) => void;
const endings = new Set<Ended>();

/** Called once for every scan that ends. */
export function onEnded(listener: Ended): void {
  endings.add(listener);
}

const slot = (scan: Scan) => scan.document_id ?? SIGN_IN;

export function scanOf(document_id: string): Scan | null {
  const id = current.get(document_id);
  return (id && scans.get(id)) || null;
}

export const signInScan = computed(() => scanOf(SIGN_IN));

function remember(): void {
  localStorage.setItem(KEY, JSON.stringify([...current.values()]));
}

export function take(scan: Scan): void {
  const before = scans.get(scan.scan_id);
  if (before && before.version > scan.version) return;
  scans.set(scan.scan_id, scan);
  // One that has ended and was put away stays away, though the word of its end may come twice.
  const over = before !== undefined && ENDED.has(before.state);
  if (!over && current.get(slot(scan)) !== scan.scan_id) {
    current.set(slot(scan), scan.scan_id);
    remember();
  }
  if (!ENDED.has(scan.state)) return followLive(scan.scan_id);
  streams.get(scan.scan_id)?.stop();
  streams.delete(scan.scan_id);
  if (!over) void ended(scan);
}

function followLive(scan_id: string): void {
  if (streams.has(scan_id)) return;
  const fetchNow = async (signal?: AbortSignal) => take(await api.get<Scan>(`/scans/${scan_id}`, signal));
  const wait = (signal: AbortSignal) => api.get<Scan>(`/scans/${scan_id}?after_version=${scans.get(scan_id)?.version ?? 0}&wait_s=25`, signal).then(take);
  streams.set(
    scan_id,
    live({
      path: `/scans/${scan_id}/events`,
      on: { scan: (data) => isScan(data) && take(data) },
      poll: wait,
      reopened: () => void fetchNow().catch(() => undefined),
    }),
  );
}

function isScan(data: unknown): data is Scan {
  return typeof data === "object" && data !== null && "scan_id" in data && "version" in data;
}

async function ended(scan: Scan): Promise<void> {
  if (scan.state === "cancelled") put(scan, null);
  if (GOOD.has(scan.state)) {
    if (scan.document_id) {
      if (scan.state === "landed") settle(scan.document_id);
      await api.get<DeskDocument>(`/documents/${scan.document_id}`).then(takeDocument).catch(() => undefined);
    } else await refresh();
    const time = scan.landed_ms === null ? "" : t("scan.landed_in", { seconds: (scan.landed_ms / 1000).toFixed(1) });
    tell(t(`scan.done.${scan.state}`) + time);
    put(scan, null);
  }
  for (const listener of endings) listener(scan);
}

/** Takes the scan out of its place, so that the tool shows again. */
function put(scan: Scan, next: string | null): void {
  if (current.get(slot(scan)) !== scan.scan_id) return;
  if (next) current.set(slot(scan), next);
  else current.delete(slot(scan));
  remember();
}

export const dismiss = (scan: Scan) => put(scan, null);

export async function begin(path: string, body: unknown): Promise<void> {
  await attempt(async () => take(await api.post<Scan>(path, body)));
}

export async function cancel(scan: Scan): Promise<void> {
  await attempt(async () => {
    await api.post(`/scans/${scan.scan_id}/cancel`);
    put(scan, null);
  });
}

export async function renew(scan: Scan): Promise<void> {
  await attempt(async () => take(await api.post<Scan>(`/scans/${scan.scan_id}/renew`)));
}

export async function chooseSeal(scan: Scan, seal_id: string): Promise<void> {
  await attempt(async () => {
    const answer = await api.post<Scan | undefined>(`/scans/${scan.scan_id}/seal`, { seal_id });
    if (answer) take(answer);
  });
}

/** After a reload or a new start of the desk: what this browser followed, and what the documents say is open. */
export async function resume(): Promise<void> {
  const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]") as unknown;
  const known = Array.isArray(kept) ? kept.filter((id): id is string => typeof id === "string") : [];
  const open = [...documents.values()].flatMap((document) => document.scan_id ?? []);
  for (const id of new Set([...known, ...open])) {
    const scan = await api.get<Scan>(`/scans/${encodeURIComponent(id)}`).catch(() => null);
    // What ended well while we were away needs no word any more; the document shows it.
    if (scan && !GOOD.has(scan.state) && scan.state !== "cancelled") take(scan);
  }
  // A scan can also begin elsewhere: in another window of the same desk.
  watch(
    () => [...documents.values()].flatMap((document) => document.scan_id ?? []),
    async (ids) => {
      for (const id of ids) if (!scans.has(id)) await api.get<Scan>(`/scans/${id}`).then(take).catch(() => undefined);
    },
  );
}
