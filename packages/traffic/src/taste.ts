import type { Marketplace, Title } from './marketplace.ts';
import type { Random } from './random.ts';
import { sumsOf } from './random.ts';

/** Somebody's taste: two of the market's archetypes, and how much of the first. */
export interface Taste {
  readonly first: number;
  readonly second: number;
  readonly share: number;
}

const ARCHETYPES = 12;
/** How often somebody looks at what everybody looks at, whatever they like. */
const CURIOSITY = 0.12;
/** How much a loved genre, and a title's own charm, count beside popularity. */
const GENRE = 4.5;
const CHARM = 1.5;

/**
 * The titles that people choose. An archetype loves some genres and, of these, some titles for reasons that no catalogue
 * tells, so that people who chose alike before choose alike again.
 */
export class TitleChoice {
  readonly #titles: readonly Title[];
  readonly #random: Random;
  /** Running sums of the titles' weights: of popularity alone first, then of each archetype. */
  readonly #sums: readonly Float64Array[];

  constructor({ titles }: Marketplace, random: Random) {
    this.#titles = titles;
    this.#random = random;
    const genres = [...new Set(titles.flatMap((title) => title.genres))];
    const popularity = sumsOf(titles.map((title) => title.popularity));
    const archetypes = Array.from({ length: ARCHETYPES }, (_, index) => weigh(titles, genres, random.fork(index)));
    this.#sums = [popularity, ...archetypes];
  }

  newTaste(random: Random): Taste {
    return { first: random.int(ARCHETYPES), second: random.int(ARCHETYPES), share: random.between(0.55, 0.95) };
  }

  choose({ first, second, share }: Taste, random = this.#random): Title {
    const archetype = random.chance(share) ? first : second;
    const sums = this.#sums[random.chance(CURIOSITY) ? 0 : archetype + 1];
    const title = this.#titles[sums ? random.weighted(sums) : 0];
    if (!title) throw new RangeError('A marketplace needs titles');
    return title;
  }
}

function weigh(titles: readonly Title[], genres: readonly string[], random: Random): Float64Array {
  const love = new Map(genres.map((genre) => [genre, random.next() ** 4]));
  return sumsOf(
    titles.map((title) => {
      const genre = Math.max(0, ...title.genres.map((each) => love.get(each) ?? 0));
      return title.popularity ** 0.4 * Math.exp(GENRE * genre + CHARM * random.normal());
    }),
  );
}
