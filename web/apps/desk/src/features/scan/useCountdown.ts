// Seconds until an instant, once a second.
import { computed, onScopeDispose, ref, type ComputedRef } from "vue";

export function useCountdown(until_us: () => number): ComputedRef<number> {
  const now_ms = ref(Date.now());
  const timer = setInterval(() => (now_ms.value = Date.now()), 500);
  onScopeDispose(() => clearInterval(timer));
  return computed(() => Math.max(0, Math.ceil(until_us() / 1_000_000 - now_ms.value / 1000)));
}

/** 83 is 1:23. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
