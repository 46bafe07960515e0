/** The Shape Detection API, where a browser has it. */
declare class BarcodeDetector {
  constructor(options?: { formats?: string[] });
  detect(source: HTMLVideoElement): Promise<{ readonly rawValue: string }[]>;
}
