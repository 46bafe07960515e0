/** A name in lines, as large as it can be. */
export interface Lettering {
  readonly size: number;
  readonly lines: readonly string[];
}

/** Sizes with the most lines that a name may take in each, the largest first. */
const SIZES: readonly (readonly [size: number, lines: number])[] = [
  [52, 2],
  [44, 3],
  [37, 3],
  [31, 4],
  [26, 4],
  [22, 5],
];
const SMALLEST = 18;
const NARROW = /[\s.,:;'’!|IİÍ1()-]/u;
const WIDE = /[MW&@%]/;

/** The width of a text in ems of the display face, generously. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) {
    if (NARROW.test(char)) width += 0.26;
    else if (WIDE.test(char)) width += 0.64;
    else width += (char.codePointAt(0) ?? 0) < 0x250 ? 0.5 : 0.7;
  }
  return width;
}

/** Breaks a name into lines that fit the width. */
export function setType(name: string, width: number): Lettering {
  const words = name.toUpperCase().split(/\s+/).filter(Boolean);
  for (const [size, most] of SIZES) {
    const lines = broken(words, width / size);
    if (lines.length <= most && lines.every((line) => widthOf(line) * size <= width)) return { size, lines };
  }
  return { size: SMALLEST, lines: broken(words, width / SMALLEST) };
}

function broken(words: readonly string[], ems: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const joined = `${last} ${word}`;
    if (last !== undefined && widthOf(joined) <= ems) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}
