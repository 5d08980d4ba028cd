// One read for a screen: pending, data, or a failure that can be tried again. A later call wins over an earlier one.
import { onMounted, ref, shallowRef, type Ref } from "vue";

export interface Load<T> {
  data: Ref<T | null>;
  failure: Ref<unknown>;
  pending: Ref<boolean>;
  reload: () => Promise<void>;
}

export function useLoad<T>(read: () => Promise<T>): Load<T> {
  const data = shallowRef<T | null>(null) as Ref<T | null>;
  const failure = shallowRef<unknown>(null);
  const pending = ref(false);
  let turn = 0;

  async function reload(): Promise<void> {
    const mine = ++turn;
    pending.value = true;
    failure.value = null;
    try {
      const got = await read();
      if (mine === turn) data.value = got;
    } catch (reason) {
      if (mine === turn) failure.value = reason;
    } finally {
      if (mine === turn) pending.value = false;
    }
  }
  onMounted(reload);
  return { data, failure, pending, reload };
}
