// A code by text message: asking for it, and waiting until it may be asked for again.
import { computed, ref } from "vue";
import { asProblem } from "./problem";
import { useAction } from "./useAction";
import { useCountDown } from "./useCountDown";

export function useCode(ask: () => Promise<{ resend_after_s: number }>) {
  const code = ref("");
  const sent = ref(false);
  const resend = useCountDown();
  const whole = computed(() => /^\d{6}$/.test(code.value));

  const request = useAction(
    async () => {
      try {
        const { resend_after_s } = await ask();
        resend.start(resend_after_s);
        sent.value = true;
      } catch (reason) {
        const wait = asProblem(reason).params["retry_after_s"];
        if (asProblem(reason).code === "sms_too_soon" && typeof wait === "number") resend.start(wait);
        throw reason;
      }
    },
    { quiet: true },
  );
  return { code, sent, resend: resend.left, whole, request };
}

export type Code = ReturnType<typeof useCode>;
