const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Breaks a text between words into lines that fit, at most so many; an ellipsis stands for what is left out. */
export function breakLines(text: string, fits: (line: string) => boolean, most: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/u)) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || fits(longer)) lines[lines.length - 1] = longer;
    else if (lines.push(word) > most) break;
  }
  const kept = lines.slice(0, most);
  return kept.map((line, index) => {
    const isCut = index === kept.length - 1 && lines.length > most;
    return isCut || !fits(line) ? shortened(line, fits) : line;
  });
}

/** As much of the line as fits with an ellipsis. Letters keep the signs that belong to them. */
function shortened(line: string, fits: (line: string) => boolean): string {
  const letters = Array.from(clusters.segment(line), ({ segment }) => segment);
  const withEllipsis = (count: number): string => `${letters.slice(0, count).join('').trimEnd()}…`;
  let [fitting, tooMany] = [0, letters.length + 1];
  while (tooMany - fitting > 1) {
    const count = Math.floor((fitting + tooMany) / 2);
    if (fits(withEllipsis(count))) fitting = count;
    else tooMany = count;
  }
  return withEllipsis(fitting);
}
