import { createRequire } from 'node:module';
import {
  DataSet,
  englishDataset,
  englishRecommendedTransformers,
  RegExpMatcher,
  resolveConfusablesTransformer,
  resolveLeetSpeakTransformer,
} from 'obscenity';

import type { HasProfanity } from '../domain/screening.ts';

/** Lists of swear words by language. */
const LISTS = createRequire(import.meta.url)('naughty-words') as Readonly<Record<string, readonly string[]>>;

/** Languages whose list is used. English has obscenity, which sees through spellings such as `sh1t`. */
const LANGUAGES = ['ar', 'de', 'es', 'fr', 'hi', 'it', 'ja', 'ko', 'pt', 'zh'];
/** The list of Hindi is in Latin letters. */
const DEVANAGARI = 'चूतिया चूतिये मादरचोद बहनचोद भोसड़ी भोसड़ीके गांडू लौड़ा लंड रंडी हरामखोर हरामज़ादा'.split(' ');
/**
 * Listed words that are everyday ones, mostly in another language: German please, Spanish with, Swedish end. The language
 * of a text is not known, and words are also found without their accents. The last are what films and plays are about.
 */
const EVERYDAY: ReadonlySet<string> = new Set(
  (
    'amador aranha balle bimbo bite bitte bonze burro comer con concha cono cu dick fava fick folle kimme lolita mona ' +
    'monta mose nackt nazi pesce pinto pompa regina slut tirare trio ' +
    'assassinat asesinato drogas heroina inferno infierno maldito mama martillo montana pan peter negro orgasm orgasmus penis sex sexo sexe vagina vulva'
  ).split(' '),
);
/** English words and names with a swear word in them that obscenity does not know. */
const HONEST = [
  ...['penistone', 'shiitake', 'shitake', 'fukushima', 'fukuoka', 'wankel', 'swank', 'kick-ass', 'bad-ass', 'jackass'],
  ...[
    'octopussy',
    'pussycat',
    'smart-ass',
    'dumbass',
    'mishit',
    'hitchcock',
    'babcock',
    'woodcock',
    'pricked',
    'scrape',
  ],
];

const WORDS = /[\p{L}\p{M}\p{N}@$!|]+/gu;
const LATIN = /\p{Script=Latin}/u;
/** Scripts that do not put spaces between words. */
const WITHOUT_SPACES = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u;
/** The most words that a phrase of the lists has and is looked for. */
const PHRASE_WORDS = 4;
/** Letters below which a word is looked for as it is written: `b4` is no word of three letters. */
const DISGUISED_LETTERS = 4;

/** Whether a text has a swear word of the lists of obscenity and naughty-words, also when its letters are disguised. */
export function profanityLists(): HasProfanity {
  const english = englishMatcher();
  const listed = LANGUAGES.flatMap((language) => LISTS[language] ?? []).map(written);
  const unspaced = listed.filter((phrase) => WITHOUT_SPACES.test(phrase) && [...phrase].length > 1);
  const phrases = new Set([...listed, ...DEVANAGARI.map(written)].filter((phrase) => !EVERYDAY.has(phrase)));
  const disguised = new Set([...phrases].map(undisguised).filter((phrase) => !EVERYDAY.has(phrase)));
  return (text) => {
    const lower = written(text);
    const words = lower.match(WORDS) ?? [];
    return (
      english.hasMatch(text) ||
      phrasesOf(words).some((phrase) => phrases.has(phrase)) ||
      phrasesOf(words.map(undisguised)).some((phrase) => disguised.has(phrase)) ||
      unspaced.some((phrase) => lower.includes(phrase))
    );
  };
}

function englishMatcher(): RegExpMatcher {
  const words = new DataSet<{ originalWord: string }>()
    .addAll(englishDataset)
    .removePhrasesIf(({ metadata }) => EVERYDAY.has(metadata?.originalWord ?? ''))
    .addPhrase((phrase) => HONEST.reduce((known, term) => known.addWhitelistedTerm(term), phrase));
  return new RegExpMatcher({ ...words.build(), ...englishRecommendedTransformers });
}

/** A text as it is looked up. */
function written(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('ß', 'ss');
}

const DISGUISES = [resolveConfusablesTransformer(), resolveLeetSpeakTransformer()].flatMap((container) =>
  'transform' in container ? [container.transform] : [],
);

/** A word or phrase in plain letters: without accents, digits for letters, and letters of other alphabets that look alike. */
function undisguised(word: string): string {
  if (word.length < DISGUISED_LETTERS || !LATIN.test(word)) return word;
  const letters = Array.from(word, (letter) => {
    const code = DISGUISES.reduce<number | undefined>((c, of) => (c === undefined ? c : of(c)), letter.codePointAt(0));
    return code === undefined ? letter : String.fromCodePoint(code);
  });
  return letters.join('').toLowerCase();
}

/** Every run of up to {@link PHRASE_WORDS} words. */
function phrasesOf(words: readonly string[]): string[] {
  return words.flatMap((_, start) =>
    Array.from({ length: PHRASE_WORDS }, (__, extra) => words.slice(start, start + extra + 1).join(' ')),
  );
}
