import { eventually } from '@marquee/testkit';
import { Decimal } from '@prisma/client/runtime/client';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';

import { PrismaClient } from '../generated/client.ts';
import { connect, isDatabaseOutage, isUniqueViolation, sql, type SqlTransaction } from '../src/index.ts';
import { migratedClient } from './scratch.ts';

const { client, url } = await migratedClient();

/** Expressions of every type in use; Prisma's own `$queryRawUnsafe` is the oracle of their values. */
const EXPRESSIONS = [
  ...["'text'", 'NULL', 'true', '1::int2', '2::int4', '9007199254740993::int8', '1.5::float4', '0.1::float8'],
  ...['12.30::numeric', "'6f1c2c0e-9d2b-4a7e-8c3a-0123456789ab'::uuid", "'\\xdeadbeef'::bytea", "'\\x'::bytea"],
  ...["'2026-07-01'::date", "'12:34:56.789'::time", "'12:34:56+00'::timetz", "'2026-07-01 12:34:56.789'::timestamp"],
  ...["'2026-07-01 14:34:56.789123+02'::timestamptz", "'1969-12-31 23:59:59+00'::timestamptz"],
  ...[`'{"a": [1, null, "x"]}'::jsonb`, "'null'::jsonb", `'[1, 2]'::json`, `'"text"'::jsonb`],
  ...['\'{a,NULL,"b,c"}\'::text[]', "'{1,NULL}'::int4[]", "'{9007199254740993,NULL}'::int8[]", "'{}'::text[]"],
  ...["'{1.5,NULL}'::numeric[]", "'{2026-07-01}'::date[]", "'{2026-07-01 12:00:00+02,NULL}'::timestamptz[]"],
  ...["'{2026-07-01 12:00:00}'::timestamp[]", "'{true,false}'::bool[]"],
  ...["'{6f1c2c0e-9d2b-4a7e-8c3a-0123456789ab}'::uuid[]", "'london'::varchar(10)", "'ab'::char(3)", "'{b}'::mood[]"],
  ...["'a'::mood", 'count(*)', 'sum(2::int4)', 'sum(3::int8)', "'127.0.0.1'::inet"],
];

await client.$executeRaw`CREATE TYPE mood AS ENUM ('a', 'b')`;

test.each(EXPRESSIONS)('%s is read as the ORM reads it', async (expression) => {
  const text = `SELECT ${expression} AS value`;
  const read = await client.$queryRaw(sql([text]));
  expect(read).toEqual(await client.$queryRawUnsafe(text));
});

const PARAMETERS: readonly (readonly [value: unknown, type: string])[] = [
  ...([
    ['text', 'text'],
    [null, 'text'],
    [true, 'bool'],
    [3, 'int4'],
    [9_007_199_254_740_993n, 'int8'],
  ] as const),
  ...([
    [0.1, 'float8'],
    [new Decimal('12.30'), 'numeric'],
    ['b', 'mood'],
    [{ a: [1, 'x'] }, 'jsonb'],
  ] as const),
  ...([
    ['6f1c2c0e-9d2b-4a7e-8c3a-0123456789ab', 'uuid'],
    [new Uint8Array([222, 173]), 'bytea'],
  ] as const),
  ...(['timestamptz', 'timestamp', 'date'] as const).map(
    (type) => [new Date('2026-07-01T23:30:00.789Z'), type] as const,
  ),
  ...([
    [['a', 'b,"c'], 'text[]'],
    [[1, 2], 'int4[]'],
    [[5n], 'int8[]'],
    [[], 'text[]'],
    [['a'], 'mood[]'],
  ] as const),
  [[new Date('2026-07-01T23:30:00Z')], 'timestamptz[]'],
];

test('a nested array is read', async () => {
  expect(await client.$queryRaw`SELECT '{{1,2},{3,NULL}}'::int8[] AS value`).toEqual([
    {
      value: [
        [1n, 2n],
        [3n, null],
      ],
    },
  ]);
});

test.each(PARAMETERS)('%s is sent as %s as the ORM sends it', async (value, type) => {
  const read = await client.$queryRaw(sql(['SELECT (', `::${type})::text AS value`], value));
  expect(read).toEqual(await client.$queryRawUnsafe(`SELECT ($1::${type})::text AS value`, value));
});

const prepared = async (on = client): Promise<string[]> =>
  (await on.$queryRaw<{ statement: string }[]>`SELECT statement FROM pg_prepared_statements`).map(
    (row) => row.statement,
  );

test('a statement is parsed once a connection, also with nested parts', async () => {
  const single = connect(PrismaClient, { url, poolSize: 1 });
  onTestFinished(() => single.$disconnect());
  for (const id of ['a', 'b']) {
    await single.$queryRaw`SELECT ${id}::text AS plain`;
    await single.$queryRaw`SELECT ${sql`${id}::text || ${'x'}`} AS nested`;
  }
  expect((await prepared(single)).toSorted()).toEqual([
    'SELECT $1::text AS plain',
    'SELECT $1::text || $2 AS nested',
    'SELECT statement FROM pg_prepared_statements',
  ]);
});

test('the number of prepared statements is bounded', async () => {
  const single = connect(PrismaClient, { url, poolSize: 1 });
  onTestFinished(() => single.$disconnect());
  const read = (n: number) => single.$queryRaw<{ n: number }[]>(sql([`SELECT ${n} AS n`]));
  for (let n = 0; n < 510; n += 1) expect(await read(n)).toEqual([{ n }]);
  expect((await single.$queryRaw<unknown[]>`SELECT FROM pg_prepared_statements`).length).toBe(500);
});

test.each([
  ['alone', async (on: typeof client) => on.$queryRaw`SELECT * FROM migrated`],
  [
    'in a transaction',
    async (on: typeof client) => on.$sqlTransaction(async (tx) => tx.$queryRaw`SELECT * FROM migrated`),
  ],
])('a statement %s works on after a migration changed its result', async (_where, read) => {
  await client.$executeRaw`CREATE TABLE migrated (a int)`;
  onTestFinished(async () => void (await client.$executeRaw`DROP TABLE migrated`));
  const single = connect(PrismaClient, { url, poolSize: 1 });
  onTestFinished(() => single.$disconnect());
  await single.$executeRaw`INSERT INTO migrated VALUES (1)`;
  expect(await read(single)).toEqual([{ a: 1 }]);
  await client.$executeRaw`ALTER TABLE migrated ADD b int`;
  expect(await read(single)).toEqual([{ a: 1, b: null }]);
});

test('a failed statement leaves its connection in the pool', async () => {
  const single = connect(PrismaClient, { url, poolSize: 1 });
  onTestFinished(() => single.$disconnect());
  const backend = async () => (await single.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`)[0]?.pid;
  const before = await backend();
  await expect((async () => single.$queryRaw`SELECT 1 / 0`)()).rejects.toThrow('division by zero');
  expect(await backend()).toBe(before);
});

describe('a transaction', () => {
  const names = async () => (await client.place.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name);
  const add = (tx: SqlTransaction, name: string) =>
    tx.$executeRaw`INSERT INTO places (id, name, capacity) VALUES (${name}, ${name}, 1)`;

  const emptied = async () => void (await client.place.deleteMany());

  test('commits all or nothing', async () => {
    onTestFinished(emptied);
    await client.$sqlTransaction(async (tx) => {
      await add(tx, 'Lido');
      expect(await names()).toEqual([]);
      await add(tx, 'Odeon');
    });
    const again = client.$sqlTransaction(async (tx) => {
      await add(tx, 'Plaza');
      await add(tx, 'Odeon');
    });
    const failure = await again.catch((error: unknown) => error);
    expect(isUniqueViolation(failure, 'places_name_key') || isUniqueViolation(failure, 'places_pkey')).toBe(true);
    expect(await names()).toEqual(['Lido', 'Odeon']);
  });

  test('raw statements of an ORM transaction are part of it', async () => {
    const failing = client.$transaction(async (tx) => {
      await tx.place.create({ data: { id: 'a', name: 'A', capacity: 1 } });
      await add(tx, 'B');
      expect(await tx.$queryRaw`SELECT count(*)::int AS n FROM places`).toEqual([{ n: 2 }]);
      throw new Error('as asked');
    });
    await expect(failing).rejects.toThrow('as asked');
    expect(await names()).toEqual([]);
  });

  test('whose failed statement was caught does not seem to commit', async () => {
    const swallowing = client.$sqlTransaction(async (tx) => {
      await add(tx, 'Lido');
      await Promise.resolve(tx.$queryRaw`SELECT 1 / 0`).catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('rolled back');
    expect(await names()).toEqual([]);
  });

  test('that takes too long is rolled back, and sends nothing more', async () => {
    let late: Promise<unknown> | undefined;
    const slow = client.$sqlTransaction(
      async (tx) => {
        await add(tx, 'Lido');
        await eventually(async () => expect(await slow.catch(() => 'over')).toBe('over'));
        late = Promise.resolve(add(tx, 'Odeon'));
        await late;
      },
      { timeout: 100 },
    );
    await expect(slow).rejects.toThrow('longer than 100 ms');
    await eventually(() => expect(late).toBeDefined());
    await expect(late).rejects.toThrow('over');
    expect(await names()).toEqual([]);
  });

  test('that Postgres rolled back because of a conflict is repeated', async () => {
    onTestFinished(emptied);
    let attempts = 0;
    await client.$sqlTransaction(async (tx) => {
      attempts += 1;
      await add(tx, 'Lido');
      if (attempts < 3) await tx.$executeRaw(sql([`DO $$ BEGIN RAISE EXCEPTION '' USING ERRCODE = '40P01'; END $$`]));
    });
    expect([attempts, await names()]).toEqual([3, ['Lido']]);
  });

  test('whose connection is lost tells it, and the pool works on', async () => {
    const failure = await client
      .$sqlTransaction(async (tx) => {
        const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
        const other = new pg.Client({ connectionString: url });
        await other.connect();
        await other.query('SELECT pg_terminate_backend($1)', [row?.pid]);
        await other.end();
        await tx.$queryRaw`SELECT 1`;
      })
      .catch((error: unknown) => error);
    expect(isDatabaseOutage(failure)).toBe(true);
    expect(await names()).toEqual([]);
  });
});
