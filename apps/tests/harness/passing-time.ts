import { databaseUrl, openPlainClient, type PlainClient } from '@marquee/database';

import { type Person, userIdOf } from './people.ts';
import { currentRun } from './run.ts';

/** Lets time pass for a person's memberships alone: all that is written of them is earlier by so much. */
export async function ageMemberships(person: Person, by: '1 year' | '1 day'): Promise<void> {
  await inDatabase(
    'payments',
    ({ $executeRaw }) => $executeRaw`
    UPDATE mandates SET
      anchor = anchor - ${by}::interval, next_action_at = next_action_at - ${by}::interval,
      period_start = period_start - ${by}::interval, period_end = period_end - ${by}::interval,
      created_at = created_at - ${by}::interval
    WHERE customer_id = ${userIdOf(person)}`,
  );
}

/** Lets an hour pass since a person gave their password. */
export async function ageSignIns(person: Person): Promise<void> {
  await inDatabase(
    'accounts',
    ({ $executeRaw }) => $executeRaw`
    UPDATE sessions SET authenticated_at = authenticated_at - interval '1 hour' WHERE user_id = ${userIdOf(person)}`,
  );
}

async function inDatabase(domain: string, change: (client: PlainClient) => PromiseLike<number>): Promise<void> {
  const client = await openPlainClient(databaseUrl(currentRun().postgresUrl, domain));
  try {
    if ((await change(client)) === 0) throw new Error(`There is nothing to change in ${domain}.`);
  } finally {
    await client.close();
  }
}
