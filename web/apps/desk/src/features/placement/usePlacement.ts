// The wish to seal one document: mode, seal, place; and what would be stamped, as the desk computes it.
import { computed, reactive, ref, shallowReactive, shallowRef, watch } from "vue";
import { t } from "../../i18n";
import { api } from "../../shared/api";
import type { DeskDocument, Edge, KeywordHits, Mark, ModeKind, Placements, SealPicture, Slice } from "../../shared/types";
import { documents, platforms, signedIn } from "../desk/useDesk";
import { active, reading } from "../document/useDocuments";
import { EDGES, formatMode, keywordError, parseRanges, type Occurrence, type SealMode } from "./mode";
import { follow, middleOf, snapInside, type Point, type Size } from "./snap";

export interface Wish {
  kind: ModeKind;
  /** Page of the mode `page`; set by the click that places. */
  page: number;
  ranges: string;
  edges: Edge[];
  straddle_ranges: string;
  keyword: string;
  occurrence: Occurrence;
  /** Lower left corner; nothing until it is placed. */
  at: Point | null;
}

/** Who has not signed in places a stand-in of the usual size of a company seal. */
export const STAND_IN: Size = { width_mm: 40, height_mm: 40 };
const PREVIEW_PAUSE_MS = 90;

const wishes = shallowReactive(new Map<string, Wish>());
export const seals = shallowRef<SealPicture[]>([]);
export const seal_id = ref<string | null>(null);
/** `null` is sealing of documents, without a platform; undefined until the person or the default chose. */
const chosen_platform = ref<string | null | undefined>(undefined);

export const platform_id = computed<string | null>({
  get: () => (chosen_platform.value === undefined ? (platforms.value[0]?.platform_id ?? null) : chosen_platform.value),
  set: (value) => (chosen_platform.value = value),
});
/** A platform offers only the modes that it takes. */
export const offered = computed<readonly ModeKind[] | null>(() => platforms.value.find((platform) => platform.platform_id === platform_id.value)?.modes ?? null);

export const seal = computed<SealPicture | null>(() => seals.value.find((item) => item.seal_id === seal_id.value) ?? null);
export const size = computed<Size>(() => seal.value ?? STAND_IN);

export function wishFor(document_id: string): Wish {
  let wish = wishes.get(document_id);
  if (!wish) {
    wish = reactive<Wish>({ kind: "page", page: 1, ranges: "", edges: ["right"], straddle_ranges: "", keyword: "", occurrence: "all", at: null });
    wishes.set(document_id, wish);
  }
  return wish;
}

export const wish = computed(() => (active.value ? wishFor(active.value.document_id) : null));

export type WishError = { key: string; at: string };

/** The mode of a wish for one document, or what is missing in it. */
export function modeOf(wish: Wish, page_count: number): { mode: SealMode } | { error: WishError } {
  const failed = (key: string, at = "") => ({ error: { key, at } });
  switch (wish.kind) {
    case "page":
      return wish.page <= page_count ? { mode: { kind: "page", page: wish.page } } : failed("beyond", String(wish.page));
    case "all":
      return { mode: { kind: "all" } };
    case "pages": {
      const read = parseRanges(wish.ranges, page_count);
      return "error" in read ? failed(read.error, read.at) : { mode: { kind: "pages", ranges: read.ranges } };
    }
    case "straddle": {
      if (wish.edges.length === 0) return failed("no_edge");
      if (page_count < 2) return failed("one_page");
      const edges = EDGES.filter((edge) => wish.edges.includes(edge));
      if (wish.straddle_ranges.trim() === "") return { mode: { kind: "straddle", edges, ranges: null } };
      const read = parseRanges(wish.straddle_ranges, page_count);
      return "error" in read ? failed(read.error, read.at) : { mode: { kind: "straddle", edges, ranges: read.ranges } };
    }
    case "keyword": {
      const wrong = keywordError(wish.keyword);
      return wrong ? failed(`keyword_${wrong}`) : { mode: { kind: "keyword", text: wish.keyword.trim(), occurrence: wish.occurrence } };
    }
  }
}

/** Whether the mode needs a click on a page. */
export function needsPlace(kind: ModeKind): boolean {
  return kind === "page" || kind === "all" || kind === "pages";
}

/** Where the seal of a wish stands, straddle seals beginning in the middle of their edge. */
export function placeOf(wish: Wish, document: DeskDocument): Point | null {
  const first = document.pages[0];
  if (wish.kind === "keyword") return null;
  return wish.at ?? (wish.kind === "straddle" && first ? middleOf(first, size.value) : null);
}

export const read = computed(() => (wish.value && active.value ? modeOf(wish.value, active.value.page_count) : null));
export const at = computed(() => (wish.value && active.value ? placeOf(wish.value, active.value) : null));

interface Preview extends Placements {
  document_id: string;
  revision: number;
  kind: ModeKind;
}

export const preview = shallowRef<Preview | null>(null);
export const previewProblem = shallowRef<unknown>(null);
export const pending = ref(false);
export const hits = shallowRef<KeywordHits | null>(null);
/** Whether the pages take the mouse for placing. */
export const placing = ref(false);
export const dragging = ref(false);

/** Everything that the preview depends on, as one text, so that equal wishes are not asked for twice. */
const question = computed(() => {
  const document = active.value;
  const mode = read.value && "mode" in read.value ? read.value.mode : null;
  if (!document || !mode || (mode.kind !== "keyword" && !at.value)) return null;
  const body = { mode: formatMode(mode), ...(at.value ?? {}), width_mm: size.value.width_mm, height_mm: size.value.height_mm };
  return JSON.stringify({ document_id: document.document_id, revision: document.revision, kind: mode.kind, body });
});

let timer = 0;
let controller = new AbortController();
watch(
  question,
  (text) => {
    clearTimeout(timer);
    controller.abort();
    pending.value = text !== null;
    if (text === null) {
      preview.value = null;
      previewProblem.value = null;
      hits.value = null;
      return;
    }
    timer = window.setTimeout(() => void ask(text), PREVIEW_PAUSE_MS);
  },
  { immediate: true },
);

async function ask(text: string): Promise<void> {
  const { document_id, revision, kind, body } = JSON.parse(text) as { document_id: string; revision: number; kind: ModeKind; body: { mode: string } };
  controller = new AbortController();
  const { signal } = controller;
  try {
    if (kind === "keyword") hits.value = await findKeyword(document_id, signal);
    const answer = await api.post<Placements>(`/documents/${document_id}/placements`, body, signal);
    preview.value = { ...answer, document_id, revision, kind };
    previewProblem.value = null;
  } catch (error) {
    if (signal.aborted) return;
    preview.value = null;
    previewProblem.value = error;
  }
  pending.value = false;
}

function findKeyword(document_id: string, signal: AbortSignal): Promise<KeywordHits> {
  const text = encodeURIComponent(wishFor(document_id).keyword.trim());
  return api.get<KeywordHits>(`/documents/${document_id}/keywords?text=${text}&occurrence=all`, signal);
}

export interface Shown {
  mark: Mark;
  slice: Slice | null;
}

/** What would be stamped, by page; what moves with the hand does not wait for the answer. */
export const shown = computed<Map<number, Shown[]>>(() => {
  const document = active.value;
  const pages = new Map<number, Shown[]>();
  const plan = preview.value;
  if (!document || !plan || plan.document_id !== document.document_id || !wish.value || plan.kind !== wish.value.kind) return pages;
  plan.marks.forEach((mark, index) => {
    const page = document.pages[mark.page - 1];
    const slice = plan.slices?.[index] ?? null;
    const place = at.value;
    const moving = page && place && plan.kind !== "keyword" && (pending.value || dragging.value);
    const placed = moving ? follow(mark, slice, page, size.value, place) : mark;
    pages.set(mark.page, [...(pages.get(mark.page) ?? []), { mark: placed, slice }]);
  });
  return pages;
});

/** Pages on which the seal would hang over the edge, as happens when pages differ in size. */
export const overhanging = computed(() => {
  const pages = active.value?.pages ?? [];
  const over = ({ page, x_mm, y_mm, width_mm, height_mm }: Mark) => {
    const paper = pages[page - 1];
    return !paper || x_mm < 0 || y_mm < 0 || x_mm + width_mm > paper.width_mm + 0.1 || y_mm + height_mm > paper.height_mm + 0.1;
  };
  return [...new Set((preview.value?.marks ?? []).filter(over).map((mark) => mark.page))];
});

/** Why sealing cannot begin, in words, or nothing. */
export const hindrance = computed<string | null>(() => {
  if (!wish.value || !read.value) return "";
  if ("error" in read.value) return t(`placement.error.${read.value.error.key}`, { at: read.value.error.at });
  if (offered.value && !offered.value.includes(wish.value.kind)) return t("placement.error.not_offered");
  if (needsPlace(wish.value.kind) && !wish.value.at) return t("placement.error.no_place");
  if (previewProblem.value) return "";
  if (overhanging.value.length > 0) return t("placement.error.overhanging", { page: overhanging.value.slice(0, 5).join("、") });
  if (!pending.value && preview.value?.marks.length === 0) return t("placement.error.nothing");
  return null;
});

export function put(page_number: number, corner: Point): void {
  const page = active.value?.pages[page_number - 1];
  if (!wish.value || !page) return;
  if (wish.value.kind === "page") wish.value.page = page_number;
  wish.value.at = snapInside(page, size.value, corner);
}

export function moveBy(page_number: number, by: Point): void {
  if (at.value) put(page_number, { x_mm: at.value.x_mm + by.x_mm, y_mm: at.value.y_mm + by.y_mm });
}

/** The page whose size bounds the place: the one placed on, else the first that gets a mark. */
export const groundPage = computed(() => (wish.value?.kind === "page" ? wish.value.page : (preview.value?.marks[0]?.page ?? (active.value ? reading(active.value.document_id).page : 1))));

/** Takes the seal off the pages, and the mouse takes it up again. */
export function lift(): void {
  if (wish.value) wish.value.at = null;
  placing.value = true;
}

/** After a seal landed the next one begins without a place; the mode stays. */
export function settle(document_id: string): void {
  const done = wishes.get(document_id);
  if (done) done.at = null;
  placing.value = false;
}

watch(
  signedIn,
  async (person) => {
    seals.value = person ? (await api.get<{ items: SealPicture[] }>("/seals").catch(() => ({ items: [] }))).items : [];
    const usable = seals.value.filter((item) => item.usable !== false);
    if (!usable.some((item) => item.seal_id === seal_id.value)) seal_id.value = usable[0]?.seal_id ?? null;
  },
  { immediate: true },
);
watch(() => [...documents.keys()], (ids) => {
  for (const id of wishes.keys()) if (!ids.includes(id)) wishes.delete(id);
});
