// Time left, by the server's clock: a phone whose clock is wrong must not call a living code dead.
import { computed, onScopeDispose, ref, type ComputedRef } from "vue";

let skew_ms = 0;

/** Learns how far this phone's clock is off, from the Date header of an answer that has just come in. */
export function learnServerTime(date: string | null, now_ms = Date.now()): void {
  const server_ms = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(server_ms)) return;
  // The header has whole seconds and the answer travelled: less than two seconds is no error of the clock.
  skew_ms = Math.abs(server_ms - now_ms) < 2000 ? 0 : server_ms - now_ms;
}

export function serverNowMs(): number {
  return Date.now() + skew_ms;
}

/** Whole seconds until the instant, never negative. */
export function secondsLeft(until_us: number, now_ms: number): number {
  return Math.max(0, Math.ceil((until_us / 1000 - now_ms) / 1000));
}

/** `1:05`, or `1:02:05` from an hour on. */
export function clockText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Ticks while the component lives; null where there is nothing to wait for. */
export function useSecondsLeft(until_us: () => number | null): ComputedRef<number | null> {
  const now_ms = ref(serverNowMs());
  const timer = setInterval(() => (now_ms.value = serverNowMs()), 250);
  onScopeDispose(() => clearInterval(timer));
  return computed(() => {
    const until = until_us();
    // An instant can be set between two ticks, and would seem a second further away than it is.
    return until === null ? null : secondsLeft(until, Math.max(now_ms.value, serverNowMs()));
  });
}
