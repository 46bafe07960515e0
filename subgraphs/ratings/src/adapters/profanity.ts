import { createRequire } from 'node:module';
import { DataSet, englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity';

import type { HasProfanity } from '../domain/screening.ts';

/** Lists of swear words by language. */
const LISTS = createRequire(import.meta.url)('naughty-words') as Readonly<Record<string, readonly string[]>>;

/** Languages whose list is used. English has obscenity, which sees through spellings such as `sh1t`. */
const LANGUAGES = ['ar', 'de', 'es', 'fr', 'hi', 'it', 'ja', 'ko', 'pt', 'zh'];
/**
 * Listed words that are everyday ones, mostly in another language: German please, Spanish with, Swedish end. The language
 * of a text is not known.
 */
const EVERYDAY: ReadonlySet<string> = new Set(
  (
    'amador aranha balle bimbo bite bitte bonze burro comer con concha cu dick fava fick folle kimme lolita mona monta ' +
    'nackt nazi pesce pinto pompa regina slut tirare trio'
  ).split(' '),
);

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts that do not put spaces between words. */
const WITHOUT_SPACES = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u;
/** The most words that a phrase of the lists has and is looked for. */
const PHRASE_WORDS = 4;

/** Whether a text has a swear word of the lists of obscenity and naughty-words. */
export function profanityLists(): HasProfanity {
  const words = new DataSet<{ originalWord: string }>()
    .addAll(englishDataset)
    .removePhrasesIf(({ metadata }) => EVERYDAY.has(metadata?.originalWord ?? ''));
  const english = new RegExpMatcher({ ...words.build(), ...englishRecommendedTransformers });
  const listed = LANGUAGES.flatMap((language) => LISTS[language] ?? []).map((phrase) => phrase.toLowerCase());
  const unspaced = listed.filter((phrase) => WITHOUT_SPACES.test(phrase) && [...phrase].length > 1);
  const phrases = new Set(listed.filter((phrase) => !EVERYDAY.has(phrase)));
  return (text) => {
    const lower = text.toLowerCase();
    return (
      english.hasMatch(text) ||
      phrasesOf(lower).some((phrase) => phrases.has(phrase)) ||
      unspaced.some((phrase) => lower.includes(phrase))
    );
  };
}

/** Every run of up to {@link PHRASE_WORDS} words. */
function phrasesOf(text: string): string[] {
  const words = text.match(WORDS) ?? [];
  return words.flatMap((_, start) =>
    Array.from({ length: PHRASE_WORDS }, (__, extra) => words.slice(start, start + extra + 1).join(' ')),
  );
}
