// Pictures that need a signed-in request: read once, shown from memory, and let go with the page.
import { onScopeDispose, shallowRef, watch, type Ref } from "vue";
import { useApi } from "./useApi";

export interface Picture {
  url: string;
  /** `image/jpeg`, `image/png` or `application/pdf`. */
  type: string;
}

/** The picture that `read` brings for a key; none for no key, or when it cannot be had. A new key is a new picture. */
export function usePicture(key: () => string | null | undefined, read: (key: string) => Promise<Blob>): Ref<Picture | null> {
  const picture = shallowRef<Picture | null>(null);
  let turn = 0;
  const letGo = () => {
    if (picture.value) URL.revokeObjectURL(picture.value.url);
    picture.value = null;
  };
  watch(
    key,
    async (now) => {
      const mine = ++turn;
      if (!now) return letGo();
      const blob = await read(now).catch(() => null);
      if (mine !== turn) return;
      letGo();
      if (blob) picture.value = { url: URL.createObjectURL(blob), type: blob.type };
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    turn++;
    letGo();
  });
  return picture;
}

/** A file that the caller has handed in. */
export async function ownFile(material_id: string): Promise<Blob> {
  const { data } = await useApi().GET("/api/v1/materials/{material_id}", { params: { path: { material_id } }, parseAs: "blob" });
  return data as unknown as Blob;
}
