import type { Sql, SqlTransaction } from '@marquee/database';

import { DIFFERING_COUNTS, DIFFERING_RATINGS } from './adapters/rating-audit.ts';

/** Compares every rating with a recount of the reviews. @yields a line for each that differs @returns what was looked at */
export async function* audit(client: SqlTransaction): AsyncGenerator<string, string> {
  const lines = async (differing: Sql): Promise<string[]> =>
    (await client.$queryRaw<{ what: string }[]>(differing)).map(({ what }) => what);
  yield* await lines(DIFFERING_RATINGS);
  yield* await lines(DIFFERING_COUNTS);
  const [counted] = await client.$queryRaw<{ ratings: number; reviews: number }[]>`
    SELECT (SELECT count(*) FROM rating_summaries)::int AS ratings, (SELECT count(*) FROM reviews)::int AS reviews`;
  return `${counted?.ratings ?? 0} ratings of ${counted?.reviews ?? 0} reviews`;
}
