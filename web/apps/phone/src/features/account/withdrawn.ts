// ACC-6: a sign-in withdrew the wish to end the account, and the person is told, once on this phone.
import { tell } from "../../shared/feedback";
import { instant } from "../../shared/format";
import { words } from "../../i18n";
import type { Me } from "../../shared/useMe";

const TOLD = "hulian.told.withdrawn";

export async function tellWithdrawn(me: Pick<Me, "cancellation_withdrawn_at_us"> | null): Promise<void> {
  const at = me?.cancellation_withdrawn_at_us ?? null;
  if (at === null || localStorage.getItem(TOLD) === String(at)) return;
  localStorage.setItem(TOLD, String(at));
  await tell(words.t("account.withdrawn_title"), words.t("account.withdrawn_text", { at: instant(at, "minute") }));
}
