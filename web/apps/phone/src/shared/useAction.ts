// One thing a person asks for: never twice at once, and a refusal becomes words beside the button (or a toast).
import { ref, type Ref } from "vue";
import { problemText } from "./problem";
import { toast } from "./feedback";

export interface Action<A extends unknown[], T> {
  run: (...args: A) => Promise<T | undefined>;
  pending: Ref<boolean>;
  /** The last refusal in words; empty when there is none. */
  refusal: Ref<string>;
}

export function useAction<A extends unknown[], T>(act: (...args: A) => Promise<T>, options: { quiet?: boolean } = {}): Action<A, T> {
  const pending = ref(false);
  const refusal = ref("");

  async function run(...args: A): Promise<T | undefined> {
    if (pending.value) return undefined;
    pending.value = true;
    refusal.value = "";
    try {
      return await act(...args);
    } catch (reason) {
      refusal.value = problemText(reason);
      if (!options.quiet) toast(refusal.value);
      return undefined;
    } finally {
      pending.value = false;
    }
  }
  return { run, pending, refusal };
}
