import type { Document } from '../../../subgraphs/search/src/domain/document.ts';

/** Repeatable random numbers, by mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SYLLABLES =
  'ba be bo ca ce co da de do fa fe fo ga ge go la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se so ta te ti to va ve vi vo za ze zo'.split(
    ' ',
  );
const ENDINGS = ['', 'n', 'r', 's', 't', 'nd', 'rk', 'l'];
const COMMON = [
  'the',
  'of',
  'and',
  'in',
  'night',
  'love',
  'last',
  'dark',
  'city',
  'man',
  'day',
  'dead',
  'house',
  'girl',
];
const GENRES = ['Action', 'Comedy', 'Drama', 'Horror', 'Thriller', 'Musical', 'Western', 'Sport', 'Jazz', 'Opera'];

/** Words whose frequency falls with their place, as those of a language do. */
function vocabulary(random: () => number, size: number): string[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const words = new Set(COMMON);
  while (words.size < size) {
    const syllables = Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(SYLLABLES));
    words.add(syllables.join('') + pick(ENDINGS));
  }
  return [...words];
}

export interface Generated {
  documents(count: number): Generator<Document>;
}

/** Titles with names of one to four words, some people, a genre or two and a description of twenty words. */
export function generator(seed: number): Generated {
  const random = randomFrom(seed);
  const [names, first, last] = [vocabulary(random, 30_000), vocabulary(random, 1_500), vocabulary(random, 20_000)];
  const zipf = (words: readonly string[]): string =>
    words[Math.min(words.length - 1, Math.floor(words.length ** random()) - 1)] ?? '';
  const even = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';
  const title = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  const some = (count: number, make: () => string): string[] => Array.from({ length: count }, make);
  const person = (): string => `${title(zipf(first))} ${title(even(last))}`;
  return {
    *documents(count) {
      for (let index = 0; index < count; index += 1) {
        const name = some(1 + Math.floor(random() * 4), () => title(random() < 0.5 ? zipf(names) : even(names))).join(
          ' ',
        );
        yield {
          ...{ id: `ttl_${index}`, kind: random() < 0.9 ? 'MOVIE' : 'LIVE_EVENT', version: 0, name, place: null },
          people: some(2 + Math.floor(random() * 3), person),
          genres: [...new Set(some(1 + Math.floor(random() * 2), () => even(GENRES)))],
          languages: ['English'],
          description: some(20, () => zipf(names)).join(' '),
        };
      }
    },
  };
}
