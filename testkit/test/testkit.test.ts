import { Redis } from 'ioredis';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { countStatements, eventually, scratchDatabase, testDatabase, testRedis } from '../src/index.ts';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

describe('databases', () => {
  test('a domain’s test database is migrated and not shared', async () => {
    const [one, other] = await Promise.all([testDatabase('payments'), testDatabase('payments')]);
    await query(one.url, `INSERT INTO inbox_events VALUES ('test', gen_random_uuid())`);
    expect(await query(one.url, 'SELECT consumer FROM inbox_events')).toEqual([{ consumer: 'test' }]);
    expect(await query(other.url, 'SELECT consumer FROM inbox_events')).toEqual([]);
  });

  test('a scratch database is empty', async () => {
    const { url } = await scratchDatabase();
    expect(await query(url, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([]);
  });
});

test('Redis namespaces are separate', async () => {
  const [one, other] = [testRedis(), testRedis()];
  expect(one.namespace).not.toBe(other.namespace);
  const redis = new Redis(one.url);
  expect(await redis.ping()).toBe('PONG');
  redis.disconnect();
});

describe('eventually', () => {
  test('returns the assertion’s result once it holds', async () => {
    let tries = 0;
    const answer = await eventually(() => {
      expect(++tries).toBeGreaterThan(2);
      return tries;
    });
    expect(answer).toBe(3);
  });

  test('fails with the assertion’s own error when the time is up', async () => {
    const never = eventually(() => expect(1).toBe(2), { timeoutMs: 30 });
    await expect(never).rejects.toThrow('expected 1 to be 2');
  });
});

test('statements are recorded only while the work runs', async () => {
  const counter = countStatements();
  counter.onStatement('SELECT 1');
  const statements = await counter.during(async () => counter.onStatement('SELECT 2'));
  expect(statements).toEqual(['SELECT 2']);
});
