import { onScopeDispose, ref, type Ref } from "vue";

/** Seconds until something may be asked again. Counts by the clock, since timers sleep while a page is hidden. */
export function useCountDown(now: () => number = Date.now): { left: Ref<number>; start: (seconds: number) => void } {
  const left = ref(0);
  let until = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => clearInterval(timer);

  function tick(): void {
    left.value = Math.max(0, Math.ceil((until - now()) / 1000));
    if (left.value === 0) stop();
  }
  function start(seconds: number): void {
    stop();
    until = now() + seconds * 1000;
    tick();
    if (left.value > 0) timer = setInterval(tick, 500);
  }
  onScopeDispose(stop);
  return { left, start };
}
