import { openPlainClient, type PlainClient, type SqlTransaction } from '@marquee/database';
import { eventually } from '@marquee/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { RULES, sweep } from '../../../testkit/faults/invariants/sweep.ts';
import { databaseNames } from '../../src/databases.ts';
import { PLANTED } from './planted.ts';
import { soundMarketplace } from './sound-marketplace.ts';

const clients = new Map<string, PlainClient>();

beforeAll(async () => {
  const databaseUrl = await soundMarketplace();
  for (const name of databaseNames()) clients.set(name, await openPlainClient(databaseUrl(name)));
}, 60_000);

afterAll(() => Promise.all([...clients.values()].map((client) => client.close())));

function clientOf(name: string): PlainClient {
  const client = clients.get(name);
  if (!client) throw new Error(`There is no database ${name}`);
  return client;
}

class Undo extends Error {}

/** The names of the rules that the sweep finds broken after changes of one database, which are undone. */
async function brokenBy(domain: string, changes: Parameters<SqlTransaction['$executeRaw']>[0][]): Promise<string[]> {
  let found: string[] = [];
  const plant = async (tx: SqlTransaction): Promise<void> => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    for (const change of changes) await tx.$executeRaw(change);
    found = await sweep((name) => (name === domain ? tx : clientOf(name)));
    throw new Undo();
  };
  await expect(clientOf(domain).$sqlTransaction(plant)).rejects.toThrow(Undo);
  return [...new Set(found.map((line) => RULES.find(({ name }) => line.startsWith(`${name}: `))?.name ?? line))];
}

test('a sound marketplace breaks no rule', async () => {
  await eventually(async () => expect(await sweep(clientOf)).toEqual([]));
});

test('each rule has a planted violation', () => {
  const planted = new Set(PLANTED.flatMap(([, , broken]) => broken));
  expect(RULES.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
});

describe.each(PLANTED.map(([what, domain, broken, ...changes]) => ({ what, domain, broken, changes })))(
  'planted: $what',
  ({ domain, broken, changes }) => {
    test('is found, and nothing else', async () => {
      expect(await brokenBy(domain, changes)).toEqual(broken);
    });
  },
);
