import type { Title } from '../domain/title.ts';
import { SEED_ADMINS } from './owners.ts';

/** Kinds of live events, each scheduled on its own weekdays. */
export type LiveKind = 'concert' | 'theatre' | 'comedy' | 'sport';

export interface LiveEvent {
  readonly kind: LiveKind;
  readonly title: Title;
}

type Row = readonly [
  name: string,
  genres: string,
  minutes: number,
  language: string,
  performers: string,
  description: string,
];

const CONCERTS: readonly Row[] = [
  [
    'Nora Vale: Paper Lanterns Tour',
    'Pop',
    120,
    'English',
    'Nora Vale',
    'Songs of the new album Paper Lanterns with a band of seven, and the old ones that everybody sings.',
  ],
  [
    'The Tin Harbour',
    'Indie Rock',
    105,
    'English',
    'The Tin Harbour, Wren & Co.',
    'Four friends from a fishing town play loud, then quiet, then loud again.',
  ],
  [
    'Marisol Ibarra Trio',
    'Jazz, Latin',
    95,
    'Spanish',
    'Marisol Ibarra, Teo Lanza, Ruth Okafor',
    'Piano, bass and drums between bolero and bebop, without a break.',
  ],
  [
    'Kestrel Quartet: Late Beethoven',
    'Classical',
    110,
    'German',
    'Anselm Roth, Ida Lindqvist, Jun Mori, Clara Bassi',
    'The quartets opus 131 and opus 135, with an introduction from the stage.',
  ],
  [
    'Odalys & the Night Buses',
    'Soul, Funk',
    115,
    'English',
    'Odalys Grant, The Night Buses',
    'Eleven people, three horns and no chairs in front of the stage.',
  ],
  [
    'Glasshouse',
    'Electronic',
    130,
    'English',
    'Glasshouse, DJ Perihan',
    'A live set for modular synthesisers and a wall of light.',
  ],
  [
    'Aoife Brennan',
    'Folk',
    90,
    'English',
    'Aoife Brennan, Cormac Daly',
    'Fiddle, voice and stories from the west coast.',
  ],
  [
    'Chamber of Winds: Film Music',
    'Classical, Film Music',
    125,
    'English',
    'Chamber of Winds, Hanna Reyes (conductor)',
    'A century of music for the screen, played by forty winds.',
  ],
  [
    'Sable Crown',
    'Metal',
    100,
    'English',
    'Sable Crown, Ash Parish',
    'The farewell tour of the loudest band of the north.',
  ],
  [
    'Luz do Sul',
    'Bossa Nova',
    95,
    'Portuguese',
    'Beatriz Amaral, Rui Falcão',
    'Two voices, two guitars and the songs of one street.',
  ],
  [
    'Rhea Kapoor: Ragas at Dusk',
    'Indian Classical',
    110,
    'Hindi',
    'Rhea Kapoor, Imran Sheikh',
    'Sitar and tabla, evening ragas, one of them made up on the spot.',
  ],
  [
    'Paper Moon Orchestra',
    'Swing',
    120,
    'English',
    'Paper Moon Orchestra, Della Finch',
    'A big band with a dance floor; lessons start an hour before.',
  ],
];

const PLAYS: readonly Row[] = [
  [
    'Hamlet',
    'Drama, Classic',
    175,
    'English',
    'Ellis Marlow, Priya Nair, Tomas Beck',
    'Shakespeare’s prince in a house full of cameras.',
  ],
  [
    'A Doll’s House',
    'Drama, Classic',
    130,
    'English',
    'Freya Lind, Oskar Holm',
    'Ibsen’s Nora, played in one room and in real time.',
  ],
  [
    'The Cherry Orchard',
    'Comedy, Classic',
    140,
    'English',
    'Galina Weiss, Peter Amadi',
    'Chekhov called it a comedy, and here it is one.',
  ],
  [
    'Cyrano',
    'Romance, Classic',
    150,
    'French',
    'Bastien Leroy, Camille Aubert',
    'The long nose and the longer letters, with live percussion.',
  ],
  [
    'The Lighthouse Keeper’s Daughter',
    'Drama',
    110,
    'English',
    'Sinead Walsh, Malachy Burke',
    'A storm, a lamp that must not go out, and a visitor at the door.',
  ],
  [
    'Twelve Chairs',
    'Comedy',
    125,
    'English',
    'The Walnut Company',
    'Everybody is after the same diamonds; one chair has them.',
  ],
  [
    'Night Train to Trieste',
    'Thriller',
    115,
    'English',
    'Ada Conti, Viktor Hahn, June Park',
    'Six passengers, one compartment, no one is who they say.',
  ],
  [
    'Antigone in the Archive',
    'Drama',
    95,
    'German',
    'Lena Brandt, Yusuf Demir',
    'Sophocles between filing cabinets: what is kept, and who decides.',
  ],
  [
    'Little Songs for Big Weather',
    'Musical, Family',
    85,
    'English',
    'The Puddle Band',
    'A musical about rain for everybody from five on.',
  ],
  [
    'The Understudy',
    'Comedy',
    120,
    'English',
    'Greta Moss, Hal Adeyemi',
    'The star is late, the understudy is not ready, the curtain is up.',
  ],
];

const COMEDY: readonly Row[] = [
  [
    'Dev Malhotra: Mostly Harmless Lies',
    'Stand-up',
    75,
    'English',
    'Dev Malhotra',
    'An hour about family, passports and the truth.',
  ],
  [
    'Birdie Novak: Loud Library',
    'Stand-up',
    70,
    'English',
    'Birdie Novak',
    'A former librarian says everything she had to whisper.',
  ],
  [
    'The Improvised Trial',
    'Improvisation',
    90,
    'English',
    'The Hung Jury',
    'You bring the crime, they bring the lawyers; nobody knows the verdict.',
  ],
  ['Gabriel Sosa: Todo Mal', 'Stand-up', 80, 'Spanish', 'Gabriel Sosa', 'Everything went wrong and he took notes.'],
  [
    'Open Curtain: Seven Comedians',
    'Stand-up',
    120,
    'English',
    'Milo Hart, Zainab Ali, Pia Berg and four more',
    'Seven comedians, ten minutes each, one bell.',
  ],
  [
    'Margot & Jules',
    'Sketch',
    85,
    'French',
    'Margot Petit, Jules Renard',
    'Sketches by two people who have been married to each other twice.',
  ],
];

const SPORT: readonly Row[] = [
  [
    'Harbour Hoops: Comets v Pilots',
    'Basketball',
    130,
    'English',
    'City Comets, Bay Pilots',
    'A game of the indoor league; the season is open until the last round.',
  ],
  [
    'Boxing Night: Title Eliminators',
    'Boxing',
    180,
    'English',
    'Ray Castillo, Dmitri Volkov, Amara Diallo, Kim Seo-yeon',
    'Eight bouts, two of them for a place in the title fight.',
  ],
  [
    'Table Tennis Masters',
    'Table Tennis',
    240,
    'English',
    'The last sixteen of the tour',
    'Four tables, one evening, down to the last two.',
  ],
  [
    'Roller Derby Invitational',
    'Roller Derby',
    150,
    'English',
    'Quayside Rollers, Midnight Wheels',
    'Two bouts and a great many elbows.',
  ],
  [
    'Esports Finals: Rift Keepers',
    'Esports',
    300,
    'English',
    'Team Aurora, Team Basilisk',
    'Best of five on a stage, with commentary and fireworks.',
  ],
  [
    'Masters of Darts',
    'Darts',
    210,
    'English',
    'Eight players of the tour',
    'A knock-out in one night; fancy dress is encouraged.',
  ],
];

function events(kind: LiveKind, rows: readonly Row[], ageRating: string | null): LiveEvent[] {
  return rows.map(([name, genres, durationMinutes, language, performers, description], index) => ({
    kind,
    title: {
      id: `ttl_seed_${kind}-${index + 1}`,
      kind: 'LIVE_EVENT',
      name,
      description,
      languages: [language],
      genres: genres.split(', '),
      durationMinutes,
      ageRating,
      releaseDate: null,
      director: null,
      performers: performers.split(', '),
      posterUrl: null,
      ...SEED_ADMINS,
    },
  }));
}

/** Fictional live events. */
export const LIVE_EVENTS: readonly LiveEvent[] = [
  ...events('concert', CONCERTS, null),
  ...events('theatre', PLAYS, null),
  ...events('comedy', COMEDY, '16+'),
  ...events('sport', SPORT, null),
];
