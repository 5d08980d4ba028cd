// Holds the open document of an address. When the address changes (a new revision) the old pages stay on the screen until
// the new file is open, so that a seal appears in place.
import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from "vue";
import { close, openPdf, type PDFDocumentProxy } from "./open.ts";

export interface PdfState {
  document: ShallowRef<PDFDocumentProxy | null>;
  failed: ShallowRef<boolean>;
  retry: () => void;
}

export function usePdf(url: Ref<string | null>): PdfState {
  const document = shallowRef<PDFDocumentProxy | null>(null);
  const failed = shallowRef(false);
  let controller = new AbortController();

  const replace = (next: PDFDocumentProxy | null) => {
    const old = document.value;
    document.value = next;
    // Canvases of the old pages may still be drawing; they are told first, through the changed document.
    if (old) setTimeout(() => close(old.loadingTask), 1000);
  };

  async function load(address: string | null): Promise<void> {
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    failed.value = false;
    if (!address) return replace(null);
    try {
      const opened = await openPdf(address, signal);
      if (signal.aborted) close(opened.loadingTask);
      else replace(opened);
    } catch {
      if (!signal.aborted) failed.value = true;
    }
  }

  watch(url, load, { immediate: true });
  onScopeDispose(() => {
    controller.abort();
    replace(null);
  });
  return { document, failed, retry: () => void load(url.value) };
}
