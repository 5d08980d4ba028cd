// Keys for those who seal all day. Letters never act while somebody types.
import { onBeforeUnmount, onMounted, ref } from "vue";
import type { DeskDocument } from "../../shared/types";
import { chooseNext, pickFiles, save, type Reading } from "../document/useDocuments";
import { lift, needsPlace, wish } from "../placement/usePlacement";

export const helpOpen = ref(false);

export interface ShortcutTargets {
  document: () => DeskDocument;
  place: Reading;
  zoom: (up: boolean) => void;
  go: (page: number) => void;
  seal: () => void;
}

function types(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function withControl(key: string, on: ShortcutTargets): (() => void) | undefined {
  return {
    o: pickFiles,
    s: () => void save(on.document()),
    "=": () => on.zoom(true),
    "+": () => on.zoom(true),
    "-": () => on.zoom(false),
    "0": () => void (on.place.zoom = "width"),
    "1": () => void (on.place.zoom = 1),
    enter: on.seal,
  }[key];
}

function plain(key: string, on: ShortcutTargets): (() => void) | undefined {
  return {
    "?": () => void (helpOpen.value = true),
    s: () => void (wish.value && needsPlace(wish.value.kind) && lift()),
    w: () => void (on.place.zoom = "width"),
    f: () => void (on.place.zoom = "page"),
    "[": () => chooseNext(-1),
    "]": () => chooseNext(1),
    j: () => on.go(on.place.page + 1),
    k: () => on.go(on.place.page - 1),
  }[key];
}

export function useShortcuts(on: ShortcutTargets): void {
  function press(event: KeyboardEvent): void {
    // A dialog has the keys to itself.
    if (event.defaultPrevented || document.querySelector(".el-overlay:not([style*='display: none'])")) return;
    const control = event.ctrlKey || event.metaKey;
    if (event.altKey || (!control && types(event.target))) return;
    const act = control ? withControl(event.key.toLowerCase(), on) : plain(event.key, on);
    if (!act) return;
    event.preventDefault();
    act();
  }
  onMounted(() => window.addEventListener("keydown", press));
  onBeforeUnmount(() => window.removeEventListener("keydown", press));
}
