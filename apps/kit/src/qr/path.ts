import { encodeQR } from 'qr';

/** The quiet zone that scanners need around a code, in modules. */
const QUIET = 4;

export interface QrPath {
  /** Modules of a side, with the quiet zone. */
  readonly size: number;
  /** The dark modules as the data of an SVG path. */
  readonly path: string;
}

/** Draws a text as a QR code: a run of dark modules is one rectangle. */
export function qrPath(text: string): QrPath {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
  const runs = modules.flatMap((row, y) => runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`));
  return { size: modules.length, path: runs.join('') };
}

/** Start and length of each run of dark modules. */
function runsOf(row: readonly boolean[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}
