import type { Title } from '../domain/title.ts';
import { COMEDY, CONCERTS, type LiveEventRow, PLAYS, SPORT } from './live-event-rows.ts';
import { SEED_ADMINS } from './owners.ts';

/** Kinds of live events, each scheduled on its own weekdays. */
export type LiveKind = 'concert' | 'theatre' | 'comedy' | 'sport';

export interface LiveEvent {
  readonly kind: LiveKind;
  readonly title: Title;
}

function events(kind: LiveKind, rows: readonly LiveEventRow[], ageRating: string | null): LiveEvent[] {
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
