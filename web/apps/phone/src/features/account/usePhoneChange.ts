// ACC-5: a code to the present number, or a face that passed, then a code to the new one. What was reached and typed survives a reload; codes are never kept.
import { mobileNumber, type Area } from "@hulian/ui";
import { computed, ref } from "vue";
import { asProblem } from "../../shared/problem";
import { take, useApi } from "../../shared/useApi";
import { useAction } from "../../shared/useAction";
import { useCode } from "../../shared/useCode";
import { useFace } from "../../shared/useFace";
import { useDraft } from "../../shared/useDraft";
import { useMe } from "../../shared/useMe";
import { usePhone } from "../../shared/usePhone";

interface Draft {
  change: string;
  area: Area;
  number: string;
}

export function usePhoneChange() {
  const api = useApi();
  const { draft, clear } = useDraft<Draft>("phone-change", () => ({ change: "", area: "+86", number: "" }));
  const national = computed(() => mobileNumber(draft.area, draft.number));
  const done = ref("");

  const present = useCode(async () => take(api.POST("/api/v1/account/codes", { body: { purpose: "present_phone" } })));
  const begin = useAction(
    async () => {
      draft.change = (await take(api.POST("/api/v1/account/phone-changes", { body: { code: present.code.value } }))).phone_change_id;
    },
    { quiet: true },
  );

  /** Whoever cannot receive codes there shows their face instead; the provider's verdict is the server's to ask for. */
  const face = useFace({
    open: () => take(api.POST("/api/v1/account/face-checks", { body: { purpose: "phone" } })),
    look: (id) => take(api.GET("/api/v1/account/face-checks/{face_check_id}", { params: { path: { face_check_id: id } } })),
    passed: async (face_check_id) => {
      draft.change = (await take(api.POST("/api/v1/account/phone-changes", { body: { face_check_id } }))).phone_change_id;
    },
  });

  const path = () => ({ params: { path: { phone_change_id: draft.change } } });
  const fresh = useCode(async () =>
    startsOver(take(api.POST("/api/v1/account/phone-changes/{phone_change_id}/codes", { ...path(), body: { area: draft.area, number: national.value ?? draft.number } }))),
  );
  const finish = useAction(
    async () => {
      const number = national.value;
      if (number === null) return;
      done.value = await startsOver(usePhone().changeNumber(draft.change, { area: draft.area, number, code: fresh.code.value }));
      clear();
      await useMe().load();
    },
    { quiet: true },
  );

  /** What the server no longer knows begins anew, with the number that was typed still there. */
  async function startsOver<T>(call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (reason) {
      if (["phone_change_expired", "phone_change_not_found"].includes(asProblem(reason).code)) {
        present.code.value = "";
        draft.change = "";
      }
      throw reason;
    }
  }
  return { draft, national, present, begin, face, fresh, finish, done };
}
