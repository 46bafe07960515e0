import { eventually } from '@marquee/testkit';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';

import { PrismaClient } from '../generated/client.ts';
import { connect } from '../src/index.ts';
import { migratedClient } from './scratch.ts';

async function twoPlaces() {
  const { client, url } = await migratedClient();
  const data = ['a', 'b'].map((id) => ({ id, name: id, capacity: 1 }));
  await client.place.createMany({ data });
  const capacities = async (): Promise<number[]> =>
    (await client.place.findMany({ orderBy: { id: 'asc' } })).map(({ capacity }) => capacity);
  const deadlocks = async (): Promise<number> => {
    const [row] = await client.$queryRaw<{ deadlocks: bigint }[]>`
      SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`;
    return Number(row?.deadlocks);
  };
  return { client, url, capacities, deadlocks };
}

/** The URL of connections whose deadlocks Postgres looks for after so long a wait: the first to look is rolled back. */
function lookingAfter(seconds: number, databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('options', `-c deadlock_timeout=${seconds}s`);
  return url.href;
}

test('a statement that Postgres rolled back to break a deadlock is repeated', async () => {
  const { url, capacities, deadlocks } = await twoPlaces();
  const client = connect(PrismaClient, { url: lookingAfter(3, url) });
  onTestFinished(() => client.$disconnect());
  const other = new pg.Client({ connectionString: lookingAfter(60, url) });
  await other.connect();
  onTestFinished(() => other.end());
  await other.query(`BEGIN; UPDATE places SET capacity = capacity + 1 WHERE id = 'b'`);
  const statement = Promise.resolve(client.$executeRaw`
    WITH locked AS (SELECT id FROM places ORDER BY id FOR UPDATE)
    UPDATE places SET capacity = capacity + 1 FROM locked WHERE places.id = locked.id`);
  const waiting = 'SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))';
  await eventually(async () => expect((await other.query(waiting)).rowCount).toBe(1));
  await other.query(`UPDATE places SET capacity = capacity + 1 WHERE id = 'a'`);
  await other.query('COMMIT');
  expect(await statement).toBe(2);
  expect(await capacities()).toEqual([3, 3]);
  // The repeat may lock the first row before the other, whose way is free, wakes up: then there is a second deadlock.
  expect(await deadlocks()).toBeGreaterThan(0);
});

test('a transaction that Postgres rolled back to break a deadlock is repeated whole', async () => {
  const { client, capacities } = await twoPlaces();
  let attempts = 0;
  const locked = new Set<string>();
  const addTo = (first: string, second: string): Promise<void> =>
    client.$transaction(async (tx) => {
      attempts += 1;
      await tx.$executeRaw`UPDATE places SET capacity = capacity + 1 WHERE id = ${first}`;
      locked.add(first);
      await eventually(() => expect(locked.size).toBe(2));
      await tx.$executeRaw`UPDATE places SET capacity = capacity + 1 WHERE id = ${second}`;
    });
  await Promise.all([addTo('a', 'b'), addTo('b', 'a')]);
  expect(await capacities()).toEqual([3, 3]);
  expect(attempts).toBeGreaterThan(2);
});

test('a serialization failure is repeated, and any other failure is not', async () => {
  const { client } = await twoPlaces();
  let attempts = 0;
  const failing = (code: string) =>
    client.$transaction(async (tx) => {
      attempts += 1;
      await tx.$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION 'as asked' USING ERRCODE = '${code}'; END $$`);
    });
  await expect(failing('40001')).rejects.toThrow('as asked');
  expect(attempts).toBe(5);
  await expect(failing('23514')).rejects.toThrow('as asked');
  expect(attempts).toBe(6);
});
