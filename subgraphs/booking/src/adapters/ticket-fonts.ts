import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const dejavu = (style: string): string => resolve(`dejavu-fonts-ttf/ttf/DejaVuSans${style}.ttf`);
const devanagari = (weight: number): string =>
  resolve(`@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-${weight}-normal.woff`);

/** Fonts of one weight, in the order of preference; the fonts built into PDF have no ₹. */
export interface FontStack {
  /** Latin, Greek and Cyrillic letters, and signs of currencies. */
  readonly first: string;
  readonly others: readonly { readonly file: string; readonly letters: RegExp }[];
}

/** With what belongs to its letters: the danda, and joiners within a word. */
const DEVANAGARI = /[\p{Script=Devanagari}\u0964\u0965\u200C\u200D]/u;

export const REGULAR: FontStack = { first: dejavu(''), others: [{ file: devanagari(400), letters: DEVANAGARI }] };
export const BOLD: FontStack = { first: dejavu('-Bold'), others: [{ file: devanagari(700), letters: DEVANAGARI }] };

/** Text to write in one font. */
export interface FontRun {
  readonly file: string;
  readonly text: string;
}

/** Splits a text into runs of one font each. */
export function fontRuns(text: string, { first, others }: FontStack): FontRun[] {
  const runs: FontRun[] = [];
  for (const character of text) {
    const file = others.find(({ letters }) => letters.test(character))?.file ?? first;
    const last = runs.at(-1);
    if (last?.file === file) runs[runs.length - 1] = { file, text: last.text + character };
    else runs.push({ file, text: character });
  }
  return runs;
}
