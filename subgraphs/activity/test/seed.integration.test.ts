import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-activity';
import { testDatabase } from '@marquee/testkit';
import { afterAll, expect, test } from 'vitest';

import { seed } from '../src/seed.ts';

const databaseUrl = (await testDatabase('activity')).url;
const database = connect(PrismaClient, { url: databaseUrl, poolSize: 1 });
afterAll(() => database.$disconnect());

/** The first row of a statement. */
async function row(sql: string): Promise<Record<string, unknown>> {
  return (await database.$queryRawUnsafe<Record<string, unknown>[]>(sql))[0] ?? {};
}

const COUNTS = `SELECT (SELECT count(*)::int FROM events) AS events,
  (SELECT sum(events)::int FROM event_minutes) AS counted, (SELECT sum(events)::int FROM sessions) AS "inSessions",
  (SELECT count(*)::int FROM events WHERE name IN ('title_view', 'show_view', 'search_click')) AS visits,
  (SELECT sum(jsonb_array_length(payload -> 'visits'))::int FROM outbox_events) AS emitted`;

test('the past fortnight is there once, counted and emitted as if visitors had sent it', async () => {
  await Promise.all([seed({ databaseUrl }), seed({ databaseUrl })]);
  const first = await row(COUNTS);
  expect(first['events']).toBeGreaterThan(20_000);
  expect(first['events']).toBeLessThan(40_000);
  expect(first).toMatchObject({ counted: first['events'], inSessions: first['events'], emitted: first['visits'] });
  await seed({ databaseUrl });
  expect(await row(COUNTS)).toEqual(first);
});

test('it ends now, and names nobody but the seeded customers, each of whom has a history', async () => {
  const { people, strangers, days, late } = await row(`
    SELECT count(DISTINCT user_id)::int AS people, count(*) FILTER (WHERE user_id NOT LIKE 'usr\\_seed\\_%') AS strangers,
      count(DISTINCT at::date)::int AS days, count(*) FILTER (WHERE at > now()) AS late FROM events`);
  expect({ people, strangers, late }).toEqual({ people: 15, strangers: 0n, late: 0n });
  expect(days).toBeGreaterThanOrEqual(14);
  expect(await row('SELECT count(DISTINCT user_id)::int AS people FROM history_entries')).toEqual({ people: 15 });
});
