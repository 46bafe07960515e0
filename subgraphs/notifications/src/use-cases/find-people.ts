import { type Locale, localeOf } from '@marquee/messages';
import type { Log } from '@marquee/telemetry';

import type { FetchPeople, Person } from '../domain/people.ts';

export interface FindPeopleDeps {
  readonly fetchPeople: FetchPeople;
  readonly log: Pick<Log, 'warn'>;
}

/** People as accounts knows them, by their ids. Nobody while it is away. */
export async function findPeople(
  { fetchPeople, log }: FindPeopleDeps,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const people = await fetchPeople(userIds).catch((err: unknown) => {
    log.warn({ err }, 'accounts could not be asked about people: texts are English');
    return [];
  });
  return new Map(people.map((person) => [person.id, person]));
}

/** The locales that people are written to in. English for those whom accounts does not know, or while it is away. */
export async function findLocales(
  deps: FindPeopleDeps,
  userIds: readonly string[],
): Promise<(userId: string) => Locale> {
  const known = await findPeople(deps, userIds);
  return (userId) => known.get(userId)?.locale ?? localeOf(null);
}
