// Waits for news of something that has a version: long polls, one after another. What interrupts it — a network that is
// gone, a phone that slept, a server without long polls — only makes it slower.
import { PhoneError, ProblemError } from "@hulian/core";

export interface Watched<V extends { version: number }> {
  version(): number;
  over(): boolean;
  wait(after: number, signal: AbortSignal): Promise<V>;
  look(): Promise<V>;
  accept(seen: V): void;
  lost(now: boolean): void;
  /** The server says that this phone has nothing to wait for here. */
  ended(error: ProblemError): void;
}

/** No more than one look a second, should the answers come without waiting. */
const PACE_MS = 1000;
const BACK_OFF_MS = [500, 1000, 2000, 4000];

export function watchNews<V extends { version: number }>(watched: Watched<V>) {
  let running = false;
  let stopped = false;
  let waiting: AbortController | null = null;
  let wake: (() => void) | null = null;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => (clearTimeout(timer), resolve());
    });

  /** True when the watch must end. */
  async function failed(error: unknown, times: number): Promise<boolean> {
    if (error instanceof ProblemError && error.status < 500 && error.status !== 429) {
      watched.ended(error);
      return true;
    }
    if (error instanceof PhoneError && error.code === "not_signed_in") return true;
    if (times > 0) watched.lost(true);
    await pause(BACK_OFF_MS[Math.min(times, BACK_OFF_MS.length - 1)] as number);
    return false;
  }

  async function loop(): Promise<void> {
    let failures = 0;
    while (!stopped && !watched.over()) {
      const mine = (waiting = new AbortController());
      const [before, version] = [Date.now(), watched.version()];
      try {
        const seen = await watched.wait(version, mine.signal);
        if (stopped) return;
        failures = 0;
        watched.lost(false);
        watched.accept(seen);
        if (seen.version === version) await pause(PACE_MS - (Date.now() - before));
      } catch (error) {
        if (stopped) return;
        if (!mine.signal.aborted && (await failed(error, failures++))) return;
      }
    }
  }

  function start(): void {
    if (running || stopped) return;
    running = true;
    void loop().finally(() => (running = false));
  }

  /** A wait that a sleeping phone left behind may never answer: it is dropped and asked anew. */
  function look(): void {
    if (stopped || !running) return;
    waiting?.abort();
    wake?.();
    void watched.look().then(watched.accept, () => undefined);
  }

  const awake = () => document.visibilityState === "visible" && look();
  document.addEventListener("visibilitychange", awake);
  window.addEventListener("online", look);

  function stop(): void {
    stopped = true;
    waiting?.abort();
    wake?.();
    document.removeEventListener("visibilitychange", awake);
    window.removeEventListener("online", look);
  }

  return { start, look, stop };
}
