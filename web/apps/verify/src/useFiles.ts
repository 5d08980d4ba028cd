// Files one after another: each is sent when the one before it is done, so that a pile of them is no flood.
import { reactive, ref, type Ref } from "vue";
import type { Report } from "./report";
import { send } from "./send";
import type { Line } from "@hulian/ui";
import { problem } from "./words";

export interface Entry {
  id: number;
  file: File;
  state: "waiting" | "sending" | "judging" | "done" | "failed";
  share: number;
  report: Report | null;
  raw: unknown;
  problem: Line | null;
}

export function useFiles(): { entries: Ref<Entry[]>; add: (files: FileList | null) => void; remove: (id: number) => void; retry: (id: number) => void } {
  const entries = ref([]) as Ref<Entry[]>;
  let next = 0;
  let running: { id: number; stop: AbortController } | null = null;

  async function run(): Promise<void> {
    const entry = entries.value.find((it) => it.state === "waiting");
    if (running || !entry) return;
    running = { id: entry.id, stop: new AbortController() };
    entry.state = "sending";
    const progress = (share: number): void => {
      entry.share = share;
      if (share >= 1) entry.state = "judging";
    };
    const answer = await send(entry.file, progress, running.stop.signal);
    running = null;
    if ("report" in answer) Object.assign(entry, { state: "done", report: answer.report, raw: answer.raw });
    else Object.assign(entry, { state: "failed", problem: problem(answer.code, answer.params) });
    void run();
  }

  function add(files: FileList | null): void {
    const fresh = [...(files ?? [])].map((file): Entry => {
      const isPdf = file.type === "application/pdf" || /\.pdf$/i.test(file.name);
      const refused = isPdf ? null : problem("not_a_pdf_name", {});
      return reactive({ id: (next += 1), file, state: refused ? "failed" : "waiting", share: 0, report: null, raw: null, problem: refused });
    });
    // The newest on top, in the order in which they were chosen.
    entries.value = [...fresh, ...entries.value];
    void run();
  }

  function remove(id: number): void {
    if (running?.id === id) running.stop.abort();
    entries.value = entries.value.filter((it) => it.id !== id);
  }

  function retry(id: number): void {
    const entry = entries.value.find((it) => it.id === id);
    if (entry) Object.assign(entry, { state: "waiting", share: 0, problem: null });
    void run();
  }

  return { entries, add, remove, retry };
}
