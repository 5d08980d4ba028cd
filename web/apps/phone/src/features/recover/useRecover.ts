// ACC-4, OPS-4: a recovery by somebody who is not signed in. Its secret stays in this browser, since an operator may take days.
import { mobileNumber, type Area } from "@hulian/ui";
import { computed, reactive, ref, watch } from "vue";
import { asProblem } from "../../shared/problem";
import { take, useApi } from "../../shared/useApi";
import { useAction } from "../../shared/useAction";
import { useCode } from "../../shared/useCode";
import { useFace } from "../../shared/useFace";

export type Role = "document_front" | "document_back" | "handheld";
const KEPT = "hulian.recovery";

interface Kept {
  id: string;
  secret: string;
}

function kept(): Kept {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) ?? "null") as Partial<Kept> | null;
    return { id: String(found?.id ?? ""), secret: String(found?.secret ?? "") };
  } catch {
    return { id: "", secret: "" };
  }
}

export function useRecover() {
  const api = useApi();
  const recovery = reactive(kept());
  watch(recovery, () => localStorage.setItem(KEPT, JSON.stringify(recovery)));
  const state = ref<string>(recovery.id ? "unknown" : "none");
  const reason = ref("");
  const done = ref("");
  const number = reactive<{ area: Area; number: string }>({ area: "+86", number: "" });
  const fresh = reactive<{ area: Area; number: string }>({ area: "+86", number: "" });
  const national = computed(() => mobileNumber(number.area, number.number));
  const freshNational = computed(() => mobileNumber(fresh.area, fresh.number));
  // An ID number is not left behind in a browser's storage.
  const typed = reactive({ name: "", id_number: "", reason: "" });
  const photos = reactive<Record<Role, string>>({ document_front: "", document_back: "", handheld: "" });
  const shown = new Map<string, Blob>();
  const unsure = ref<string | null>(null);

  const at = () => ({ params: { path: { recovery_id: recovery.id } }, headers: { Authorization: `Bearer ${recovery.secret}` } });

  function restart(): void {
    Object.assign(recovery, { id: "", secret: "" });
    Object.assign(photos, { document_front: "", document_back: "", handheld: "" });
    state.value = "none";
  }

  const look = useAction(
    async () => {
      if (!recovery.id) return;
      try {
        const now = await take(api.GET("/api/v1/recoveries/{recovery_id}", at()));
        reason.value = now.reason ?? "";
        state.value = now.state;
        const over = now.expires_at_us <= Date.now() * 1000 && now.state !== "refused";
        if (over || now.state === "done") restart();
      } catch (error) {
        if (asProblem(error).code !== "recovery_not_found") throw error;
        restart();
      }
    },
    { quiet: true },
  );

  const begin = useAction(
    async () => {
      if (national.value === null) return;
      const begun = await take(api.POST("/api/v1/recoveries", { body: { area: number.area, number: national.value } }));
      Object.assign(recovery, { id: begun.recovery_id, secret: begun.secret });
      state.value = "begun";
    },
    { quiet: true },
  );

  async function send(role: Role, file: Blob): Promise<string> {
    const { params, headers } = at();
    const raw = { params: { path: { ...params.path, role } }, body: file as never, bodySerializer: (body: unknown) => body as Blob, headers: { ...headers, "Content-Type": "application/octet-stream" } };
    await api.PUT("/api/v1/recoveries/{recovery_id}/photos/{role}", raw);
    const id = `${role}-${Date.now()}`;
    shown.set(id, file);
    return id;
  }
  const load = async (id: string): Promise<Blob> => shown.get(id) ?? Promise.reject(new Error("not here"));

  const claim = useAction(
    async (confirmed?: boolean) => {
      unsure.value = null;
      try {
        await api.POST("/api/v1/recoveries/{recovery_id}/claim", { ...at(), body: { name: typed.name, id_number: typed.id_number, name_confirmed: confirmed ?? false } });
      } catch (error) {
        const { code, params } = asProblem(error);
        if (code === "id_card_unsure") return void (unsure.value = String(params["read"] ?? ""));
        if (code === "id_card_retake") photos[params["side"] === "back" ? "document_back" : "document_front"] = "";
        throw error;
      }
      await look.run();
    },
    { quiet: true },
  );

  const askOperators = useAction(
    async () => {
      const body = { name: typed.name, document_number: typed.id_number, reason: typed.reason };
      await api.POST("/api/v1/recoveries/{recovery_id}/review", { ...at(), body });
      await look.run();
    },
    { quiet: true },
  );

  const face = useFace({
    open: () => take(api.POST("/api/v1/recoveries/{recovery_id}/face-checks", at())),
    look: (face_check_id) => {
      const { params, headers } = at();
      return take(api.GET("/api/v1/recoveries/{recovery_id}/face-checks/{face_check_id}", { params: { path: { ...params.path, face_check_id } }, headers }));
    },
    passed: () => look.run(),
  });

  const to = () => ({ area: fresh.area, number: freshNational.value ?? fresh.number });
  const code = useCode(async () => take(api.POST("/api/v1/recoveries/{recovery_id}/codes", { ...at(), body: to() })));
  const finish = useAction(
    async () => {
      done.value = (await take(api.PUT("/api/v1/recoveries/{recovery_id}", { ...at(), body: { ...to(), code: code.code.value } }))).phone_masked;
      restart();
    },
    { quiet: true },
  );
  return { state, reason, done, number, national, fresh, freshNational, typed, photos, unsure, send, load, look, begin, claim, askOperators, face, code, finish, restart };
}

export type Recover = ReturnType<typeof useRecover>;
