import { expect, test } from 'vitest';
import { PrismaClient } from '../generated/client.ts';
import { connect, isCheckViolation, isUniqueViolation } from '../src/index.ts';
import { migratedClient } from './scratch.ts';

test('every statement is reported, including those of transactions', async () => {
  const statements: string[] = [];
  const { client } = await migratedClient({ onStatement: (sql) => statements.push(sql) });
  await client.place.findMany();
  await client.$transaction(async (tx) => {
    await tx.$executeRaw`UPDATE places SET capacity = 2`;
  });
  expect(statements.map((sql) => sql.split(' ')[0])).toEqual(['SELECT', 'BEGIN', 'UPDATE', 'COMMIT']);
});

test('each session has the settings that it is given, and UTC', async () => {
  const { url } = await migratedClient();
  const client = connect(PrismaClient, { url, session: ['plan_cache_mode=force_generic_plan', 'enable_seqscan=off'] });
  const [settings] = await client.$queryRaw<object[]>`SELECT current_setting('plan_cache_mode') AS plans,
    current_setting('enable_seqscan') AS seqscan, current_setting('TimeZone') AS zone`;
  await client.$disconnect();
  expect(settings).toEqual({ plans: 'force_generic_plan', seqscan: 'off', zone: 'UTC' });
});

test('a timestamp is read as it was written, whatever the time zone of the server', async () => {
  const { client, url } = await migratedClient();
  await client.$executeRawUnsafe(`ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET timezone = 'Asia/Kolkata'`);
  const zoned = connect(PrismaClient, { url, applicationName: 'zoned' });
  const openedAt = new Date('2026-07-01T12:34:56.789Z');
  await zoned.place.create({ data: { id: 'p', name: 'P', capacity: 1, openedAt } });
  const found = await zoned.place.findUniqueOrThrow({ where: { id: 'p' } });
  const [raw] = await zoned.$queryRaw<{ epoch: number; application: string }[]>`
    SELECT extract(epoch FROM opened_at)::float8 * 1000 AS epoch,
           current_setting('application_name') AS application FROM places`;
  await zoned.$disconnect();
  expect(found.openedAt).toEqual(openedAt);
  expect(raw).toEqual({ epoch: openedAt.getTime(), application: 'zoned' });
});

test('a unique violation is recognised from a model call, a raw statement and inside a transaction', async () => {
  const { client } = await migratedClient();
  await client.place.create({ data: { id: 'a', name: 'Odeon', capacity: 1 } });
  const again = [
    () => client.place.create({ data: { id: 'b', name: 'Odeon', capacity: 1 } }),
    () => client.$executeRaw`INSERT INTO places (id, name, capacity) VALUES ('b', 'Odeon', 1)`,
    () => client.$queryRaw`INSERT INTO places (id, name, capacity) VALUES ('b', 'Odeon', 1) RETURNING id`,
    () => client.$transaction((tx) => tx.place.create({ data: { id: 'b', name: 'Odeon', capacity: 1 } })),
  ];
  for (const insert of again) {
    const error = await failureOf(insert());
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(error, 'places_name_key')).toBe(true);
    expect(isUniqueViolation(error, 'places_pkey')).toBe(false);
    expect(isCheckViolation(error)).toBe(false);
  }
});

test('a unique violation in a partition is recognised by a pattern', async () => {
  const { client } = await migratedClient();
  const visit = { cityCode: 'lon', id: 'v', visitor: 'Ada' };
  await client.visit.create({ data: visit });
  const error = await failureOf(client.visit.create({ data: visit }));
  expect(isUniqueViolation(error, /^visits_p\d+_pkey$/)).toBe(true);
  expect(isUniqueViolation(error, 'visits_pkey')).toBe(false);
});

test('a check violation is recognised from a model call and a raw statement', async () => {
  const { client } = await migratedClient();
  const refused = [
    () => client.place.create({ data: { id: 'a', name: 'Odeon', capacity: 0 } }),
    () => client.$executeRaw`INSERT INTO places (id, name, capacity) VALUES ('b', 'Odeon', 0)`,
  ];
  for (const insert of refused) {
    const error = await failureOf(insert());
    expect(isCheckViolation(error, 'places_capacity_positive')).toBe(true);
    expect(isCheckViolation(error, 'places')).toBe(false);
    expect(isUniqueViolation(error)).toBe(false);
  }
});

test('other values are not recognised as violations', () => {
  for (const error of [
    undefined,
    null,
    'text',
    new Error('plain'),
    { meta: null },
    { cause: { originalCode: 23505 } },
  ]) {
    expect(isUniqueViolation(error)).toBe(false);
    expect(isCheckViolation(error)).toBe(false);
  }
});

async function failureOf(call: PromiseLike<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail('it was accepted'),
    (error: unknown) => error,
  );
}
