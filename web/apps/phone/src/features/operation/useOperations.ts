// REC-1: what the caller's certificates and seals were used for, newest first, fifty at a time.
import { computed, ref, shallowRef } from "vue";
import { platforms, units } from "../../shared/catalogue";
import { instant } from "../../shared/format";
import { take, useApi } from "../../shared/useApi";
import { useAction } from "../../shared/useAction";
import { useLoad } from "../../shared/useLoad";
import { readRecord, type Recorded } from "./record";

const PAGE = 50;

async function page(before_us?: number): Promise<{ items: Recorded[]; more: boolean }> {
  const query = before_us === undefined ? {} : { before_us };
  const { items } = await take(useApi().GET("/api/v1/operations", { params: { query } as never }));
  const read = items.map((one) => readRecord(one as { record: Record<string, unknown>; leaf_index: number }));
  return { items: read.filter((one) => one !== null), more: items.length >= PAGE };
}

export function useOperations() {
  const kind = ref("all");
  const older = shallowRef<Recorded[]>([]);
  const more = ref(false);
  const load = useLoad(async () => {
    const [first, mine, places] = await Promise.all([page(), units().catch(() => []), platforms().catch(() => [])]);
    older.value = [];
    more.value = first.more;
    return { items: first.items, names: new Map([...mine.map(({ unit_id, name }) => [unit_id, name] as const), ...places.map(({ platform_id, name }) => [platform_id, name] as const)]) };
  });
  const all = computed(() => [...(load.data.value?.items ?? []), ...older.value]);
  const kinds = computed(() => [...new Set(all.value.map((one) => one.kind))]);
  const days = computed(() => {
    const groups = new Map<string, Recorded[]>();
    for (const one of all.value) {
      if (kind.value !== "all" && one.kind !== kind.value) continue;
      const day = instant(one.at_us, "day");
      groups.set(day, [...(groups.get(day) ?? []), one]);
    }
    return [...groups].map(([day, items]) => ({ day, items }));
  });
  const next = useAction(async () => {
    const got = await page(all.value.at(-1)?.at_us);
    older.value = [...older.value, ...got.items];
    more.value = got.more;
  });
  return { ...load, all, kinds, kind, days, more, next };
}
