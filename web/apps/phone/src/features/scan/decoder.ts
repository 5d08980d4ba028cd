// What reads QR codes: the browser's own detector where it has one, else ZXing in WebAssembly, from our own server.
import type { Answer, Frame } from "./decoder.worker";

export interface Decoder {
  detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}

interface NativeDetector {
  new (options: { formats: string[] }): Decoder;
  getSupportedFormats(): Promise<string[]>;
}

async function native(): Promise<Decoder | null> {
  const Native = (globalThis as { BarcodeDetector?: NativeDetector }).BarcodeDetector;
  const formats = await Native?.getSupportedFormats().catch((): string[] => []);
  return Native && formats?.includes("qr_code") ? new Native({ formats: ["qr_code"] }) : null;
}

/** ZXing in a worker of its own; one frame at a time is all that a camera asks for. */
async function zxing(): Promise<Decoder> {
  const worker = new Worker(new URL("./decoder.worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, { resolve: (texts: string[]) => void; reject: (error: Error) => void }>();
  let last = 0;
  const fail = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.addEventListener("error", () => fail(new Error("the decoder did not start")));
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if ("texts" in data) one?.resolve(data.texts);
    else one?.reject(new Error(data.failed));
  });
  const ask = (picture: ImageBitmap | null) =>
    new Promise<string[]>((resolve, reject) => {
      const frame: Frame = { id: ++last, picture };
      waiting.set(frame.id, { resolve, reject });
      worker.postMessage(frame, picture ? [picture] : []);
    });
  try {
    await ask(null);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return { detect: async (source) => (await ask(await createImageBitmap(source))).map((rawValue) => ({ rawValue })) };
}

let made: Promise<Decoder> | null = null;

/** One for the page; a load that failed is tried again with the next call. */
export function decoder(): Promise<Decoder> {
  made ??= native()
    .then((own) => own ?? zxing())
    .catch((error: unknown) => {
      made = null;
      throw error;
    });
  return made;
}

export async function firstText(source: ImageBitmapSource): Promise<string | null> {
  const found = await (await decoder()).detect(source);
  return found.find(({ rawValue }) => rawValue !== "")?.rawValue ?? null;
}
