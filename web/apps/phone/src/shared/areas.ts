// From where people may sign in here: the known four at once, and what the operator has added as soon as the server says so.
import { AREAS, type Area } from "@hulian/ui";
import { shallowRef } from "vue";
import { take, useApi } from "./useApi";

const areas = shallowRef<readonly Area[]>(AREAS);
let asked: Promise<void> | undefined;

export function useAreas() {
  asked ??= take(useApi().GET("/api/v1/system")).then(
    (system) => void (areas.value = system.areas),
    // The known ones serve; the next page asks again.
    () => void (asked = undefined),
  );
  return areas;
}
