// What reads QR codes: the browser's own detector where it has one, else ZXing in WebAssembly, from our own server.
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

async function zxing(): Promise<Decoder> {
  const [{ BarcodeDetector, prepareZXingModule }, { default: address }] = await Promise.all([
    import("barcode-detector/ponyfill"),
    // The very file that the detector's glue belongs to; left to itself the glue asks a public CDN.
    import("zxing-wasm/reader/zxing_reader.wasm?url"),
  ]);
  await prepareZXingModule({
    overrides: { locateFile: (path: string, prefix: string) => (path.endsWith(".wasm") ? address : prefix + path) },
    fireImmediately: true,
  });
  return new BarcodeDetector({ formats: ["qr_code"] });
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
