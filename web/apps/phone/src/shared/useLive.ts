// A read for a screen that follows what others change: shown at once, then kept by long polls until the page is left.
// `read(null)` answers at once, `read(after)` when the version is another one or the wait is over.
import { onScopeDispose, watch } from "vue";
import { useLoad, type Load } from "./useLoad";
import { watchNews } from "./watch";

export type ReadLive<T> = (after: number | null, signal?: AbortSignal) => Promise<T>;

export function useLive<T extends { version: number }>(read: ReadLive<T>): Load<T> {
  const load = useLoad(() => read(null));
  const { data, failure } = load;
  const watcher = watchNews<T>({
    version: () => data.value?.version ?? 0,
    over: () => failure.value !== null,
    wait: (after, signal) => read(after, signal),
    look: () => read(null),
    // Answers may overtake one another: the higher version is the truth.
    accept: (seen) => {
      if (!data.value || seen.version >= data.value.version) data.value = seen;
    },
    lost: () => undefined,
    ended: (error) => (failure.value = error),
  });
  watch(data, (now) => now && watcher.start());
  onScopeDispose(watcher.stop);
  return load;
}

/** The query of a read: nothing to wait for, or the version that one has. */
export const waitQuery = (after: number | null): { wait_s?: number; after_version?: number } => (after === null ? {} : { wait_s: 20, after_version: after });
