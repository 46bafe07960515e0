import type { ReviewDoubt } from './review.ts';

/** Whether a text has a word that is on a list of swear words. */
export type HasProfanity = (text: string) => boolean;

const LINK = /https?:|www\.|(?<![\w-])[a-z0-9-]{2,63}\.(?:com|net|org|info|biz|shop|xyz|io|ru|de|in|co|me|ly|gg)\b/i;
const EMAIL =
  /(?<![\w.+-])[\w.+-]{1,64}(?:@|\s{0,2}[([{]\s?at\s?[)\]}]\s{0,2})[\w-]{1,63}(?:\.|\s{0,2}[([{]\s?dot\s?[)\]}]\s{0,2})[a-z]{2,}/i;
const DATE = /\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})\b/g;
/** Eight digits or more, as people group those of a number. */
const PHONE = /(?:\+|\b)\d(?:[\s()./-]{0,2}\d){7,}/;
const REPEATED = /(\p{L}|\p{P})\1{7,}/u;

/** Letters with marks that none of these alphabets has, such as strokes through a word. A lookbehind would be quadratic. */
const MARKED_LETTERS = /([\p{Script=Latin}\p{Script=Cyrillic}])\p{M}+/gu;
/** Three letters or more, each apart from the next: `s p e l t`, `s.p.e.l.t`. */
const SPELLED =
  /(?<![\p{L}\p{M}\p{N}])[\p{L}\p{N}]\p{M}*(?:[^\p{L}\p{M}\p{N}]{1,3}[\p{L}\p{N}]\p{M}*){2,}(?![\p{L}\p{M}\p{N}])/gu;
const joined = (spelled: string): string => spelled.replace(/[^\p{L}\p{M}\p{N}]/gu, '');

/** A share of capitals above which a text is shouted, and the letters below which it cannot be told. */
const SHOUTED_SHARE = 0.7;
const LETTERS_TO_JUDGE = 20;

/**
 * Why a moderator should see a text before it is published. Each doubt is a hint: it never rejects anything.
 */
export function screen(text: string | null, hasProfanity: HasProfanity): ReviewDoubt[] {
  if (text === null) return [];
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  const readable = plain.replace(MARKED_LETTERS, '$1');
  const spelled = readable.replace(SPELLED, joined);
  const doubts: [ReviewDoubt, boolean][] = [
    ['PROFANITY', hasProfanity(readable) || (spelled !== readable && hasProfanity(spelled))],
    ['LINK', LINK.test(plain.replace(EMAIL, ''))],
    ['CONTACT_DETAILS', EMAIL.test(plain) || PHONE.test(plain.replace(DATE, ' – '))],
    ['SHOUTING', isShouted(plain) || REPEATED.test(plain)],
  ];
  return doubts.flatMap(([doubt, isFound]) => (isFound ? [doubt] : []));
}

function isShouted(text: string): boolean {
  const [capitals, letters] = [/\p{Lu}/gu, /[\p{Lu}\p{Ll}]/gu].map((kind) => text.match(kind)?.length ?? 0);
  return (letters ?? 0) >= LETTERS_TO_JUDGE && (capitals ?? 0) / (letters ?? 1) > SHOUTED_SHARE;
}
