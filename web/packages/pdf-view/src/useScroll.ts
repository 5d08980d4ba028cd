// The scroll's behaviour: what is in sight, where one is, and how zooming keeps the point under the pointer.
import { computed, nextTick, onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from "vue";
import { toPixels, type Box, type PageSize } from "./geometry.ts";
import { anchorAt, GAP_PX, layOut, leftOf, pageAt, pagesInView, placeOf, type Anchor, type Layout } from "./layout.ts";
import { scaleOf, stepZoom, usualSize, wheelZoom, type Zoom } from "./zoom.ts";

const LINE_PX = 16;

export function useScroll(view: Readonly<Ref<HTMLElement | null>>, sizes: () => readonly PageSize[], zoom: Ref<Zoom>, page: Ref<number>) {
  const room = ref({ width: 0, height: 0 });
  const offset = ref(0);
  const anchor = shallowRef<Anchor | null>(null);

  const usual = computed(() => usualSize(sizes()));
  const fitted = computed(() => (zoom.value === "page" ? (sizes()[page.value - 1] ?? usual.value) : usual.value));
  const scale = computed(() => scaleOf(zoom.value, fitted.value, room.value));
  const layout = computed<Layout>(() => layOut(sizes(), scale.value, room.value.width));
  const visible = computed(() => pagesInView(layout.value, offset.value, room.value.height));

  /** Set while we scroll ourselves, so that the page asked for is not overruled by the page that is in the middle. */
  let steering = 0;
  let started = false;

  function scrollTo(x: number, y: number): void {
    const element = view.value;
    if (!element) return;
    steering += 1;
    element.scrollTo({ left: x, top: y });
    offset.value = element.scrollTop;
    requestAnimationFrame(() => (steering -= 1));
  }

  function remember(element: HTMLElement): void {
    anchor.value = anchorAt(layout.value, element.scrollLeft + room.value.width / 2, element.scrollTop + GAP_PX);
  }

  function moved(): void {
    const element = view.value;
    if (!element) return;
    offset.value = element.scrollTop;
    remember(element);
    if (steering === 0) page.value = pageAt(layout.value, element.scrollTop + room.value.height / 3) + 1;
  }

  /** Changes the scale and scrolls so that the anchor stays at the given point of the window. */
  async function keep(held: Anchor, x: number, y: number): Promise<void> {
    await nextTick();
    const place = placeOf(layout.value, held);
    scrollTo(place.x - x, place.y - y);
    if (view.value) remember(view.value);
  }

  function zoomAt(next: number, x: number, y: number): void {
    const element = view.value;
    if (!element || next === scale.value) return;
    const held = anchorAt(layout.value, element.scrollLeft + x, element.scrollTop + y);
    zoom.value = next;
    void keep(held, x, y);
  }

  function wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = view.value?.getBoundingClientRect();
    const delta = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * LINE_PX;
    if (box) zoomAt(wheelZoom(scale.value, delta), event.clientX - box.left, event.clientY - box.top);
  }

  function goTo(number: number): void {
    const count = sizes().length;
    if (count === 0) return;
    const index = Math.min(Math.max(1, Math.round(number)), count) - 1;
    page.value = index + 1;
    scrollTo(view.value?.scrollLeft ?? 0, (layout.value.tops[index] ?? 0) - GAP_PX / 2);
    if (view.value) remember(view.value);
  }

  function reveal(number: number, box: Box): void {
    const size = sizes()[number - 1];
    const element = view.value;
    if (!size || !element) return;
    const pixels = toPixels(size, box, scale.value);
    const [left, top] = [leftOf(layout.value, number - 1) + pixels.left, (layout.value.tops[number - 1] ?? 0) + pixels.top];
    page.value = number;
    scrollTo(left + pixels.width / 2 - room.value.width / 2, top + pixels.height / 2 - room.value.height / 2);
    remember(element);
  }

  function key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== view.value) return;
    const target = { PageDown: page.value + 1, PageUp: page.value - 1, Home: 1, End: sizes().length }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    goTo(target);
  }

  // A window of another size, or a fit that is chosen, changes the scale without a pointer: what was at the top stays there.
  watch([() => room.value.width, zoom], () => {
    const held = anchor.value;
    if (started && held && typeof zoom.value !== "number") void keep(held, room.value.width / 2, GAP_PX);
  });

  const observer = new ResizeObserver(([entry]) => {
    if (entry) room.value = { width: Math.floor(entry.contentRect.width), height: entry.contentRect.height };
  });
  onMounted(() => {
    const element = view.value;
    if (!element) return;
    room.value = { width: element.clientWidth, height: element.clientHeight };
    observer.observe(element);
  });
  onBeforeUnmount(() => observer.disconnect());

  return {
    layout,
    visible,
    scale,
    anchor,
    moved,
    wheel,
    goTo,
    reveal,
    key,
    step: (up: boolean) => zoomAt(stepZoom(scale.value, up), room.value.width / 2, room.value.height / 3),
    async begin(start: Anchor | undefined): Promise<void> {
      await nextTick();
      if (start) await keep(start, room.value.width / 2, GAP_PX);
      else goTo(page.value);
      started = true;
    },
  };
}
