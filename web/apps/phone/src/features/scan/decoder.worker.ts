// ZXing off the page's own thread: a frame takes tens of milliseconds, and the page must answer fingers meanwhile.
import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";
// The very file that the detector's glue belongs to; left to itself the glue asks a public CDN.
import address from "zxing-wasm/reader/zxing_reader.wasm?url";

export interface Frame {
  id: number;
  /** Nothing: only say when the module is there. */
  picture: ImageBitmap | null;
}

export type Answer = { id: number; texts: string[] } | { id: number; failed: string };

const ready = prepareZXingModule({
  overrides: { locateFile: (path: string, prefix: string) => (path.endsWith(".wasm") ? address : prefix + path) },
  fireImmediately: true,
});
const detector = new BarcodeDetector({ formats: ["qr_code"] });

async function read({ id, picture }: Frame): Promise<Answer> {
  try {
    await ready;
    const found = picture ? await detector.detect(picture) : [];
    return { id, texts: found.map(({ rawValue }) => rawValue) };
  } catch (error) {
    return { id, failed: String(error) };
  } finally {
    picture?.close();
  }
}

self.addEventListener("message", ({ data }: MessageEvent<Frame>) => void read(data).then((answer) => self.postMessage(answer)));
