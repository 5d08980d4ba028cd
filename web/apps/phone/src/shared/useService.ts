// What this server is, before anybody has signed in: a sandbox says so, and where its inbox is.
import { ref, shallowRef, type Ref } from "vue";
import { useMe } from "./useMe";

export interface Service {
  sandbox: boolean;
  public_url: string;
}

const service = shallowRef<Service | null>(null);
const asked = ref(false);

async function ask(): Promise<void> {
  const response = await fetch("/api/v1/system", { headers: { accept: "application/json" } });
  if (!response.ok) return;
  const told: unknown = await response.json();
  if (told === null || typeof told !== "object" || !("sandbox" in told) || !("public_url" in told)) return;
  if (typeof told.sandbox !== "boolean" || typeof told.public_url !== "string" || !/^https?:\/\//.test(told.public_url)) return;
  service.value = { sandbox: told.sandbox, public_url: told.public_url.replace(/\/$/, "") };
  useMe().noteSandbox(told.sandbox);
}

export function useService(): Ref<Service | null> {
  if (!asked.value) {
    asked.value = true;
    // Nothing hangs on the answer but a hint, so a failure is no failure of the page; the next page asks again.
    void ask().catch(() => (asked.value = false));
  }
  return service;
}
