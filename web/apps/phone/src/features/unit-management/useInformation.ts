// MEM-9: what a unit tells of itself. What an administrator types is kept until it is saved; where another one was faster,
// both are shown, and the next save is over what the other one wrote.
import { computed, ref } from "vue";
import { useI18n } from "vue-i18n";
import { unitOf, type Unit } from "../../shared/catalogue";
import { toast } from "../../shared/feedback";
import { asProblem } from "../../shared/problem";
import { useAction } from "../../shared/useAction";
import { useDraft } from "../../shared/useDraft";
import { useLoad } from "../../shared/useLoad";
import { differing, factsOf, FIELDS, fits, type Facts, type Field } from "./facts";
import { profile, putProfile, type Profile } from "./wire";

interface Draft {
  /** The version that was typed over; below 0 nothing has been typed yet. */
  seen: number;
  /** What that version said. */
  base: Facts;
  facts: Facts;
}

const nothing = (): Facts => ({ tax_number: "", address: "", phone: "", bank: "", account: "" });

export function useInformation(unit_id: string) {
  const { t } = useI18n();
  const { draft } = useDraft<Draft>(`unit-profile-${unit_id}`, () => ({ seen: -1, base: nothing(), facts: nothing() }));
  /** What another administrator wrote meanwhile, by field. */
  const theirs = ref<Partial<Facts>>({});
  const load = useLoad<{ unit: Unit; profile: Profile }>(async () => {
    const [unit, found] = await Promise.all([unitOf(unit_id), profile(unit_id)]);
    meet(found);
    return { unit, profile: found };
  });

  function meet(found: Profile): void {
    const facts = factsOf(found);
    // Whoever has typed nothing sees what stands; only what was typed can be in conflict with it.
    if (draft.seen < 0 || differing(draft.facts, draft.base).length === 0) draft.facts = { ...facts };
    else if (draft.seen !== found.version) theirs.value = Object.fromEntries(differing(draft.facts, facts).map((field) => [field, facts[field]]));
    [draft.seen, draft.base] = [found.version, facts];
  }

  const wrong = computed(() => FIELDS.filter((field) => !fits(field, draft.facts[field])));
  const changed = computed(() => load.data.value !== null && differing(draft.facts, factsOf(load.data.value.profile)).length > 0);
  const conflict = computed(() => Object.keys(theirs.value).length > 0);

  function takeTheirs(field: Field): void {
    draft.facts[field] = theirs.value[field] ?? "";
    delete theirs.value[field];
  }
  function undo(): void {
    [theirs.value, draft.seen] = [{}, -1];
    if (load.data.value) meet(load.data.value.profile);
  }
  const save = useAction(
    async () => {
      try {
        await putProfile(unit_id, { ...draft.facts, version: draft.seen });
      } catch (reason) {
        if (asProblem(reason).code === "unit_profile_changed") await load.reload();
        throw reason;
      }
      [theirs.value, draft.seen] = [{}, -1];
      await load.reload();
      toast(t("unit_management.saved"));
    },
    { quiet: true },
  );
  return { ...load, draft, theirs, wrong, changed, conflict, takeTheirs, undo, save };
}
