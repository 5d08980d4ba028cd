// Does one thing at a time and says why it was refused, beside the field that it was about.
import { ref, type Ref } from "vue";
import { problemText } from "./words";

export interface Act {
  busy: Ref<boolean>;
  problem: Ref<string | null>;
  run: (act: () => Promise<void>) => Promise<boolean>;
}

export function useAct(): Act {
  const busy = ref(false);
  const problem = ref<string | null>(null);

  async function run(act: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false;
    [busy.value, problem.value] = [true, null];
    try {
      await act();
      return true;
    } catch (error) {
      problem.value = problemText(error);
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { busy, problem, run };
}
