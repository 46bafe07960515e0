/** The most rated films and some live events of catalog's seed, with what they are given on average, in tenths of a star. */
const FILMS: Readonly<Record<string, number>> = {
  'the-dark-knight-2008': 47,
  'the-lord-of-the-rings-the-fellowship-of-the-ring-2001': 46,
  'fight-club-1999': 44,
  'the-matrix-1999': 46,
  'the-lord-of-the-rings-the-return-of-the-king-2003': 46,
  'american-beauty-1999': 41,
  'gladiator-2000': 43,
  'memento-2001': 43,
  'batman-begins-2005': 41,
  'saving-private-ryan-1998': 44,
  'the-departed-2006': 43,
  'sin-city-2005': 36,
  'titanic-1997': 39,
  'the-sixth-sense-1999': 42,
  '300-2007': 33,
  'pirates-of-the-caribbean-the-curse-of-the-black-pearl-2003': 40,
  'kill-bill-volume-1-2003': 40,
  'eternal-sunshine-of-the-spotless-mind-2004': 44,
  'the-prestige-2006': 43,
  'transformers-2007': 27,
  'inception-2010': 46,
  'wall-e-2008': 44,
  'le-fabuleux-destin-d-amelie-poulain-2001': 45,
  'inglourious-basterds-2009': 42,
  'the-big-lebowski-1998': 41,
  'slumdog-millionaire-2008': 40,
  'iron-man-2008': 38,
  'casino-royale-2006': 40,
  'spider-man-2002': 36,
  'fargo-1996': 43,
  'finding-nemo-2003': 43,
  'shrek-2001': 40,
  'the-incredibles-2004': 42,
  'the-truman-show-1998': 43,
  'i-am-legend-2007': 31,
  'district-9-2009': 38,
  'jurassic-park-3-2001': 26,
  'little-miss-sunshine-2006': 41,
  'trainspotting-1996': 42,
  'independence-day-1996': 31,
  'the-matrix-reloaded-2003': 30,
  'the-pianist-2002': 46,
};

export interface SeedSubject {
  readonly type: 'TITLE' | 'VENUE';
  readonly id: string;
  /** In tenths of a star. */
  readonly quality: number;
  /** Whether people say something about it; else they give stars alone. */
  readonly withWords: boolean;
}

const title = (id: string, quality: number, withWords: boolean): SeedSubject => ({
  ...{ type: 'TITLE', id: `ttl_seed_${id}`, quality, withWords },
});
const LIVE = ['concert-1', 'concert-2', 'concert-5', 'theatre-1', 'theatre-3', 'comedy-1', 'comedy-4', 'sport-2'];
const CITIES = ['lon', 'ams', 'ber', 'mad', 'par', 'bom', 'tyo', 'nyc'];

export const SEED_SUBJECTS: readonly SeedSubject[] = [
  ...Object.entries(FILMS).map(([id, quality]) => title(id, quality, true)),
  ...LIVE.map((id, index) => title(id, 36 + ((index * 5) % 12), false)),
  ...CITIES.flatMap((city, index) =>
    [1, 2, 3].map((number): SeedSubject => {
      const quality = 32 + ((index * 7 + number * 5) % 15);
      return { type: 'VENUE', id: `ven_seed_${city}${number}`, quality, withWords: true };
    }),
  ),
];
