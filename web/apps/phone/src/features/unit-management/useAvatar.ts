// UMG-1: a picture from camera or album, the square of it that is kept, and its way to the server.
import { computed, onScopeDispose, ref, shallowRef } from "vue";
import { useI18n } from "vue-i18n";
import { useRouter } from "vue-router";
import { toast } from "../../shared/feedback";
import { decoded, drawn, handIn } from "../../shared/photo";
import { useAction } from "../../shared/useAction";
import { CENTRE, held, moved, square, type Crop } from "./crop";
import { putAvatar } from "./wire";

/** Pixels of a side, as the server has it. */
export const AVATAR_PX = 512;

export function useAvatar(unit_id: string) {
  const { t } = useI18n();
  const router = useRouter();
  const picture = shallowRef<ImageBitmap | null>(null);
  const crop = ref<Crop>({ ...CENTRE });
  const part = computed(() => (picture.value ? square(crop.value, picture.value) : null));

  const pick = useAction(
    async (file: File) => {
      const found = await decoded(file);
      picture.value?.close();
      [picture.value, crop.value] = [found, { ...CENTRE }];
    },
    { quiet: true },
  );
  function move(dx: number, dy: number): void {
    if (picture.value) crop.value = moved(crop.value, dx, dy, picture.value);
  }
  function zoom(to: number): void {
    if (picture.value) crop.value = held({ ...crop.value, zoom: to }, picture.value);
  }
  const save = useAction(
    async () => {
      if (!picture.value || !part.value) return;
      await putAvatar(unit_id, await handIn(await drawn(picture.value, part.value, AVATAR_PX)));
      toast(t("unit_management.avatar_changed"));
      await router.replace(`/units/${unit_id}/manage`);
    },
    { quiet: true },
  );
  onScopeDispose(() => picture.value?.close());
  return { picture, crop, part, pick, move, zoom, save };
}
