// Bringing a certificate to this phone, from wherever it is asked: certificate page, paid order, unit.
import type { Progress } from "@hulian/core";
import { ref } from "vue";
import { useI18n } from "vue-i18n";
import { useRoute, useRouter } from "vue-router";
import type { Holding } from "../../shared/catalogue";
import { ask, toast } from "../../shared/feedback";
import { useAction } from "../../shared/useAction";
import { useMe } from "../../shared/useMe";
import { usePhone } from "../../shared/usePhone";
import { withUnlock } from "../unlock/ask";
import type { Way } from "./state";

export function useInstall(done: () => void) {
  const { t } = useI18n();
  const router = useRouter();
  const route = useRoute();
  const step = ref<Parameters<Progress>[0] | null>(null);

  async function agreed(holding: Holding, way: Way): Promise<boolean> {
    if (way === "install") return true;
    const left = (holding.reissues?.free_left ?? 0) + (holding.reissues?.packs_left ?? 0);
    return ask({ title: t("certificate.reissue_title"), message: t("certificate.reissue_text", { left }), yes: t("certificate.reissue") });
  }

  const install = useAction(
    async (holding: Holding, way: Way) => {
      const me = await useMe().known();
      if (!me.password_set) return void router.push({ path: "/password/set", query: { next: route.fullPath } });
      if (!(await agreed(holding, way))) return;
      const phone = usePhone();
      const wish = { reason: t("certificate.unlock_reason", { name: holding.product.name }), holdingId: holding.holding_id };
      const { holding_id, product } = holding;
      const algorithm = product.algorithm === "sm2" ? "sm2" : "rsa";
      const installed = await withUnlock(wish, async (unlock, progress) => {
        await phone.install({ holding_id, algorithm }, way, unlock, (now) => {
          step.value = now;
          progress(now);
        });
        return true;
      });
      step.value = null;
      if (installed !== true) return;
      await phone.persist().catch(() => false);
      toast(t("certificate.installed"));
      done();
    },
    { quiet: true },
  );
  return { install, step };
}
