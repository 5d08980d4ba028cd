// What somebody has typed survives a reload of the page. Only for plain facts: never a password, code or ID number.
import { reactive, watch } from "vue";

export function useDraft<T extends object>(name: string, fresh: () => T): { draft: T; clear: () => void } {
  const key = `hulian.draft.${name}`;
  const draft = reactive(fresh()) as T;
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (kept !== null && typeof kept === "object") {
      const shape = fresh() as Record<string, unknown>;
      for (const [member, value] of Object.entries(kept)) {
        if (member in shape && (typeof value === typeof shape[member] || shape[member] === null)) (draft as Record<string, unknown>)[member] = value;
      }
    }
  } catch {
    sessionStorage.removeItem(key);
  }
  const stop = watch(draft, (now) => sessionStorage.setItem(key, JSON.stringify(now)), { flush: "sync" });
  function clear(): void {
    stop();
    sessionStorage.removeItem(key);
  }
  return { draft, clear };
}
