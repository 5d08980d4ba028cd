// Live news: server-sent events, and polling where they do not come through. A hidden tab gives its stream back, since a
// browser opens only six connections to one host for all of its tabs.
import { BASE } from "./api";

export interface Live {
  stop: () => void;
}

export interface LiveOptions {
  path: string;
  /** What to do with each kind of event. */
  on: Record<string, (data: unknown) => void>;
  /** Called until it is stopped while events do not come; it may wait for news by itself. */
  poll: (signal: AbortSignal) => Promise<void>;
  /** Called when the stream stands again after a break: something may have been missed. */
  reopened?: () => void;
}

const POLL_PAUSE_MS = 1500;
const RETRY_STREAM_MS = 15_000;

export function live(options: LiveOptions): Live {
  let source: EventSource | null = null;
  let polling: AbortController | null = null;
  let retry = 0;
  let stopped = false;
  let broken = false;

  function open(): void {
    close();
    source = new EventSource(BASE + options.path);
    source.onopen = () => {
      polling?.abort();
      polling = null;
      if (broken) options.reopened?.();
      broken = false;
    };
    for (const [name, act] of Object.entries(options.on)) source.addEventListener(name, (event) => act(parse((event as MessageEvent<string>).data)));
    source.onerror = () => {
      broken = true;
      startPolling();
      // The browser tries again by itself unless the server refused; then we do, rarely.
      if (source?.readyState === EventSource.CLOSED) {
        clearTimeout(retry);
        retry = window.setTimeout(open, RETRY_STREAM_MS);
      }
    };
  }

  function close(): void {
    clearTimeout(retry);
    source?.close();
    source = null;
  }

  async function startPolling(): Promise<void> {
    if (polling || stopped) return;
    const controller = new AbortController();
    polling = controller;
    while (!controller.signal.aborted) {
      await options.poll(controller.signal).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, POLL_PAUSE_MS));
    }
  }

  function seen(): void {
    if (stopped) return;
    if (document.hidden) {
      polling?.abort();
      polling = null;
      close();
      broken = true;
    } else if (!source) open();
  }

  document.addEventListener("visibilitychange", seen);
  open();
  return {
    stop() {
      stopped = true;
      document.removeEventListener("visibilitychange", seen);
      polling?.abort();
      close();
    },
  };
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
