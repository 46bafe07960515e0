/** Letters that Unicode does not decompose, as people type them on another keyboard. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ...{ ø: 'o', ł: 'l', đ: 'd', ð: 'd', ħ: 'h', ŧ: 't', ŋ: 'n', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ς: 'σ' },
};
const PLAINABLE = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'gu');
/** Accents are dropped from these scripts; in others a mark makes another letter, as in Cyrillic, or a vowel, as in Devanagari. */
const ACCENTED = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;
/** Characters that are not seen, such as joiners and soft hyphens. */
const UNSEEN = /\p{Cf}/gu;

/** A text in lower case without accents, so that `İstanbul`, `ISTANBUL` and `ıstanbul` are the same. */
export function fold(text: string): string {
  return text
    .replace(UNSEEN, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(ACCENTED, '$1')
    .replace(PLAINABLE, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .normalize('NFC');
}

/** A letter or digit with the marks that belong to it, as often as it goes. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
/** Characters of a word that count: what follows is no name. */
export const MAX_WORD_LENGTH = 40;

/** The words of a text, folded, by what stands between spaces: `Spider-Man 2` is `[['spider', 'man'], ['2']]`. */
export function foldedChunks(text: string): string[][] {
  return fold(text)
    .split(/\s+/u)
    .map((chunk) => (chunk.match(WORD) ?? []).map(clip))
    .filter((parts) => parts.length > 0);
}

/** The words of a text, folded, with one space between them. */
export function foldedName(text: string): string {
  return foldedChunks(text).flat().join(' ');
}

/** Cuts between characters, not within one. */
function clip(word: string): string {
  return word.length <= MAX_WORD_LENGTH ? word : [...word].slice(0, MAX_WORD_LENGTH).join('');
}
