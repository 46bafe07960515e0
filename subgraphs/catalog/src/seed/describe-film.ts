/** Facts about a film. */
export interface FilmFacts {
  readonly year: string;
  readonly genre: string;
  readonly durationMinutes: number;
  readonly ageRating: string;
  readonly Director: string | null;
  readonly Distributor: string | null;
  readonly Source: string | null;
  readonly 'Creative Type': string | null;
}

const KINDS: Readonly<Record<string, string>> = {
  'Thriller/Suspense': 'thriller',
  Documentary: 'documentary',
  Musical: 'musical',
  Western: 'western',
  Drama: 'drama',
  Comedy: 'comedy',
  'Romantic Comedy': 'romantic comedy',
  'Black Comedy': 'black comedy',
  'Concert/Performance': 'concert film',
};

const ORIGINS: Readonly<Record<string, string>> = {
  'Based on Book/Short Story': 'based on a book',
  'Based on Real Life Events': 'based on real events',
  Remake: 'a remake of an earlier film',
  'Based on TV': 'based on a television series',
  'Based on Comic/Graphic Novel': 'based on a comic',
  'Based on Play': 'based on a play',
  'Based on Game': 'based on a game',
  'Traditional/Legend/Fairytale': 'based on a traditional tale',
  'Based on Magazine Article': 'based on a magazine article',
  'Based on Musical/Opera': 'based on a musical',
  'Based on Factual Book/Article': 'based on a factual account',
};

const WORLDS: Readonly<Record<string, string>> = {
  'Contemporary Fiction': 'It has a contemporary setting',
  'Historical Fiction': 'It is set in the past',
  'Science Fiction': 'It is a work of science fiction',
  Fantasy: 'It is a work of fantasy',
  'Super Hero': 'Its hero has superpowers',
  'Kids Fiction': 'It is suitable for children',
  Dramatization: 'It dramatizes real events',
};

/** Sources that say already that a film dramatizes real events. */
const REAL = new Set(['Based on Real Life Events', 'Based on Factual Book/Article']);

/** A description composed from the facts. */
export function describeFilm(film: FilmFacts): string {
  const { year, genre, Director, Distributor, Source, durationMinutes, ageRating } = film;
  const kind = KINDS[genre] ?? `${genre.toLowerCase()} film`;
  const by = Director ? ` by ${Director}` : '';
  const origin = Source && ORIGINS[Source] ? `, ${ORIGINS[Source]}` : '';
  const isSaid = film['Creative Type'] === 'Dramatization' && REAL.has(Source ?? '');
  const world = isSaid ? null : film['Creative Type'] && WORLDS[film['Creative Type']];
  const length = `${Math.floor(durationMinutes / 60)} h ${durationMinutes % 60} min`;
  const sentences = [
    `${/^[aeiou]/.test(kind) ? 'An' : 'A'} ${kind} of ${year}${by}${origin}.`,
    world ? `${world}.` : '',
    `It runs ${length}${ageRating === 'Not Rated' ? '' : ` and is rated ${ageRating}`}.`,
    Distributor ? `Distributed by ${Distributor.replace(/\.$/, '')}.` : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
