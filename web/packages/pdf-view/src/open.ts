// Opens a PDF by range requests: only what the visible pages need is read, whatever the size of the file.
import { AnnotationMode, getDocument, GlobalWorkerOptions, PDFWorker } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import { boxAsSeen, type Box, type UserSpace } from "./geometry.ts";

export type { PDFDocumentProxy, PDFPageProxy };

const ASSETS = `${import.meta.env.BASE_URL}pdfjs/`;
const RANGE_BYTES = 256 * 1024;

let worker: PDFWorker | null = null;

/** One worker for all documents: starting one costs more than a page. */
function sharedWorker(): PDFWorker {
  if (!worker || worker.destroyed) {
    GlobalWorkerOptions.workerSrc = workerUrl;
    worker = new PDFWorker();
  }
  return worker;
}

export async function openPdf(url: string, signal: AbortSignal): Promise<PDFDocumentProxy> {
  const task = getDocument({
    url,
    worker: sharedWorker(),
    rangeChunkSize: RANGE_BYTES,
    disableAutoFetch: true,
    disableStream: true,
    cMapUrl: `${ASSETS}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${ASSETS}standard_fonts/`,
    wasmUrl: `${ASSETS}wasm/`,
    iccUrl: `${ASSETS}iccs/`,
    isEvalSupported: false,
    enableXfa: false,
    verbosity: 0,
  });
  const stop = () => close(task);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await task.promise;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Lets a document go. What was still being asked of it ends with an error that nobody waits for. */
export function close(task: { destroy(): Promise<void> }): void {
  task.destroy().catch(() => undefined);
}

/** Draws a page into a canvas of its own, `width_px` device pixels wide. */
export async function drawPage(document: PDFDocumentProxy, number: number, width_px: number, signal: AbortSignal): Promise<HTMLCanvasElement | null> {
  // A document that is closed meanwhile takes its pages with it, and nobody waits for the drawing any more.
  const page = await document.getPage(number).catch((error: unknown) => {
    if (signal.aborted || document.loadingTask.destroyed) return null;
    throw error;
  });
  if (page === null || signal.aborted) return null;
  const natural = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: width_px / natural.width });
  const canvas = globalThis.document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.round(viewport.height));
  const task = page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE });
  const stop = () => task.cancel();
  signal.addEventListener("abort", stop, { once: true });
  try {
    await task.promise;
    return canvas;
  } catch (error) {
    canvas.width = 0;
    if (signal.aborted || document.loadingTask.destroyed) return null;
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Where the signature fields named `field` show on a page. */
export async function signatureBoxes(document: PDFDocumentProxy, number: number, field: string): Promise<Box[]> {
  const page = await document.getPage(number);
  const space: UserSpace = { view: page.view as unknown as UserSpace["view"], rotate: page.rotate, userUnit: page.userUnit };
  const widgets: { fieldType?: string; fieldName?: string; rect: [number, number, number, number] }[] = await page.getAnnotations();
  const named = (name = "") => name === field || name.startsWith(`${field}.`);
  return widgets.filter((widget) => widget.fieldType === "Sig" && named(widget.fieldName)).map((widget) => boxAsSeen(space, widget.rect));
}
