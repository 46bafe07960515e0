const QR_CODE = 'qr_code';

/** Finds QR codes in a picture. */
export interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

/**
 * The browser's own detector where it reads QR codes, else one in JavaScript, which most browsers need.
 *
 * @throws when that one is neither on the device nor reachable
 */
export async function loadDetector(): Promise<Detector> {
  if (await isBuiltIn()) return new BarcodeDetector({ formats: [QR_CODE] });
  const reader = await import('qr/decode.js');
  return new reader.BarcodeDetector({ formats: [QR_CODE] });
}

async function isBuiltIn(): Promise<boolean> {
  if (!('BarcodeDetector' in globalThis)) return false;
  const formats: readonly string[] = await BarcodeDetector.getSupportedFormats().catch(() => []);
  return formats.includes(QR_CODE);
}
