// Health and version, asked of the server itself every few seconds.
import { onScopeDispose, reactive } from "vue";

export type Health = "unknown" | "good" | "bad";

export interface SystemState {
  process: Health;
  storage: Health;
  version: string | null;
  /** Whether the stand-ins of a sandbox are offered. */
  sandbox: boolean;
  answered_ms: number | null;
  looked_at: Date | null;
}

const EVERY_MS = 5000;
const PATIENCE_MS = 4000;

async function answers(path: string): Promise<Health> {
  const response = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  return response?.ok ? "good" : "bad";
}

async function versionOf(): Promise<string | null> {
  const response = await fetch("/api/v1/openapi.json", { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  const description = response?.ok ? ((await response.json()) as { info?: { version?: unknown } }) : null;
  return typeof description?.info?.version === "string" ? description.info.version : null;
}

export function useSystem(): { state: SystemState; look: () => Promise<void> } {
  const state = reactive<SystemState>({ process: "unknown", storage: "unknown", version: null, sandbox: false, answered_ms: null, looked_at: null });

  async function look(): Promise<void> {
    const begun = performance.now();
    state.process = await answers("/healthz");
    state.answered_ms = state.process === "good" ? Math.round(performance.now() - begun) : null;
    state.storage = state.process === "good" ? await answers("/readyz") : "unknown";
    if (state.process === "good" && state.version === null) {
      state.version = await versionOf();
      state.sandbox = (await answers("/sandbox/specimens.json")) === "good";
    }
    state.looked_at = new Date();
  }

  void look();
  const timer = setInterval(() => void (document.hidden || look()), EVERY_MS);
  onScopeDispose(() => clearInterval(timer));
  return { state, look };
}
