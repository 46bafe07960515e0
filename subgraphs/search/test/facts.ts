import type { PayloadOf } from '@marquee/events';

/** A title as catalog tells of it. */
export function titleChanged(titleId: string, version: number, name: string): PayloadOf<'catalog.title-changed'> {
  return {
    ...{ titleId, version, name },
    facts: {
      ...{ kind: 'MOVIE', description: '', genres: ['Drama'], languages: ['English'], durationMinutes: 100 },
      ...{ ageRating: null, releaseDate: null, director: 'Joel Coen', performers: [], posterUrl: null },
    },
  };
}

/** A show of tomorrow as catalog schedules it. */
export function showsScheduled(titleId: string, ...showIds: readonly string[]): PayloadOf<'catalog.shows-scheduled'> {
  const [startsAt, endsAt] = [inHours(24), inHours(26)];
  return {
    ...{
      cityCode: 'ams',
      timeZone: 'Europe/Amsterdam',
      country: 'NL',
      layoutId: 'lay_1',
      language: 'English',
      format: '2D',
    },
    screen: { id: 'scr_1', name: 'One' },
    venue: { id: 'ven_1', name: 'Kriterion', organisationId: 'org_1' },
    title: { id: titleId, name: 'A film', kind: 'MOVIE' },
    ...{ cancellationTiers: [], maxSeatsPerCustomer: null, transferable: true, salesOpenAt: null },
    admissionsPerMinute: null,
    shows: showIds.map((id) => ({ id, startsAt, endsAt, highDemand: false, tiers: [] })),
  };
}

export function showChanged(showId: string, version: number, startsAt: string): PayloadOf<'catalog.show-changed'> {
  const screen = { id: 'scr_1', name: 'One' };
  return {
    showId,
    version,
    cityCode: 'ams',
    layoutId: 'lay_1',
    screen,
    startsAt,
    endsAt: startsAt,
    highDemand: false,
    tiers: [],
  };
}

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
