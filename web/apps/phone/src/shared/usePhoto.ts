// One photo that is handed in: taken or chosen, made small, sent. What was sent survives a reload by its id, and is shown again.
import { onMounted, onScopeDispose, ref, type Ref } from "vue";
import { handIn, paper } from "./photo";
import { problemText } from "./problem";
import { take, useApi } from "./useApi";

export interface Photo {
  /** Its id at the server; empty while there is none. */
  id: Ref<string>;
  /** For an `img`; empty while there is nothing to show. */
  picture: Ref<string>;
  pending: Ref<boolean>;
  fault: Ref<string>;
  choose(file: File): Promise<void>;
  drop(): void;
}

export function usePhoto(id: Ref<string>): Photo {
  const picture = ref("");
  const pending = ref(false);
  const fault = ref("");

  function show(blob: Blob | null): void {
    if (picture.value) URL.revokeObjectURL(picture.value);
    picture.value = blob ? URL.createObjectURL(blob) : "";
  }

  async function choose(file: File): Promise<void> {
    if (pending.value) return;
    pending.value = true;
    fault.value = "";
    try {
      const made = await paper(file);
      show(made);
      id.value = await handIn(made);
    } catch (reason) {
      drop();
      fault.value = problemText(reason);
    } finally {
      pending.value = false;
    }
  }

  function drop(): void {
    id.value = "";
    show(null);
  }

  onMounted(async () => {
    if (!id.value) return;
    try {
      show(await take(useApi().GET("/api/v1/materials/{material_id}", { params: { path: { material_id: id.value } }, parseAs: "blob" })) as unknown as Blob);
    } catch {
      // Swept meanwhile, or somebody else's: it is taken anew.
      drop();
    }
  });
  onScopeDispose(() => show(null));
  return { id, picture, pending, fault, choose, drop };
}
