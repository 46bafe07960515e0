import { type Locale, localeOf } from '@marquee/messages';
import type { Log } from '@marquee/telemetry';

import type { FetchPeople } from '../domain/people.ts';

export interface FindLocalesDeps {
  readonly fetchPeople: FetchPeople;
  readonly log: Pick<Log, 'warn'>;
}

/** The locales that people are written to in. English for those whom accounts does not know, or while it is away. */
export async function findLocales(
  { fetchPeople, log }: FindLocalesDeps,
  userIds: readonly string[],
): Promise<(userId: string) => Locale> {
  const people = await fetchPeople(userIds).catch((err: unknown) => {
    log.warn({ err }, 'accounts could not be asked for languages: texts are English');
    return [];
  });
  const known = new Map(people.map(({ id, locale }) => [id, locale]));
  return (userId) => known.get(userId) ?? localeOf(null);
}
