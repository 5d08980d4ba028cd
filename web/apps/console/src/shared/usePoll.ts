// Reads something now and every few seconds while the page is seen. What was read stays when a later read fails.
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from "vue";
import { problemText } from "./words";

export interface Poll<T> {
  data: ShallowRef<T | null>;
  problem: Ref<string | null>;
  read: () => Promise<void>;
}

export function usePoll<T>(get: () => Promise<T>, everyMs: number): Poll<T> {
  const data = shallowRef<T | null>(null);
  const problem = ref<string | null>(null);
  let turn = 0;

  async function read(): Promise<void> {
    const mine = ++turn;
    try {
      const found = await get();
      // An answer that comes after a newer question is nobody's any more.
      if (mine === turn) [data.value, problem.value] = [found, null];
    } catch (error) {
      if (mine === turn) problem.value = problemText(error);
    }
  }

  void read();
  const timer = setInterval(() => void (document.hidden || read()), everyMs);
  onScopeDispose(() => {
    turn = -1;
    clearInterval(timer);
  });
  return { data, problem, read };
}
