import type { SqlTransaction } from '@marquee/database';

/** Drops the cached answers that show something of a scope, with the transaction that changes it. */
export async function dropAnswers(tx: SqlTransaction, scopes: Iterable<string>): Promise<void> {
  const given = [...new Set(scopes)];
  if (given.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO answer_versions AS known (scope, version)
    SELECT scope, 1 FROM unnest(${given}::text[]) AS scope ORDER BY scope
    ON CONFLICT (scope) DO UPDATE SET version = known.version + 1`;
}

/** Names, people, descriptions: everything that is searched. */
export const TEXTS = ['texts'];
/** The shows of these cities, and of all cities together. */
export const showsIn = (cityCodes: readonly string[]): string[] => [
  'shows',
  ...cityCodes.map((code) => `city:${code}`),
];
