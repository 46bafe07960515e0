import { databaseOutage, eventually } from '@marquee/testkit';
import { type InProcessSupergraph, supergraphInProcess } from '@marquee/testkit/supergraph';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import { DEMO_PASSWORD } from '../src/demo/purchase.ts';
import { Login } from '../src/demo/operations.ts';
import { loadSubgraph } from '../src/subgraphs.ts';

const INBOX = '{ viewer { displayName unreadNotificationCount } }';

let supergraph: InProcessSupergraph;
let accessToken: string;

beforeAll(async () => {
  supergraph = await supergraphInProcess({
    seed: async (databaseUrl) => {
      await (await loadSubgraph('accounts')).seed?.({ databaseUrl: databaseUrl('accounts') });
    },
  });
  const input = { email: 'customer@marquee.test', password: DEMO_PASSWORD };
  accessToken = (await supergraph.client().request(Login, { input })).login.accessToken ?? '';
});

afterAll(() => supergraph?.stop());

async function readInbox(): Promise<{ data?: { viewer: Record<string, unknown> }; errors?: unknown }> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` };
  const init = { method: 'POST', headers, body: JSON.stringify({ query: INBOX }) };
  return (await fetch(supergraph.endpoint, init)).json() as ReturnType<typeof readInbox>;
}

const WITHOUT_NOTIFICATIONS = {
  data: { viewer: { displayName: expect.any(String), unreadNotificationCount: null } },
  errors: [
    {
      message: 'Part of this is not available right now. Try again in a moment.',
      path: ['viewer', 'unreadNotificationCount'],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'notifications' },
    },
  ],
};
const WHOLE = { data: { viewer: { displayName: expect.any(String), unreadNotificationCount: 0 } } };

test('while the database of a subgraph is away, its fields are missing at once, and they come back with it', async () => {
  expect(await readInbox()).toEqual(WHOLE);
  const restore = await databaseOutage({ url: supergraph.databaseUrl('notifications') });
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const startedAt = performance.now();
    expect(await readInbox()).toEqual(WITHOUT_NOTIFICATIONS);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  }
  await restore();
  expect(await readInbox()).toEqual(WHOLE);
});

test('a statement that a restart of the database ends makes the fields of its subgraph missing', async () => {
  const other = new pg.Client({ connectionString: supergraph.databaseUrl('notifications') });
  await other.connect();
  onTestFinished(() => other.end());
  await other.query('BEGIN; LOCK TABLE notifications');
  const inbox = readInbox();
  const endWaiting = `SELECT pg_terminate_backend(pid) FROM pg_locks
    WHERE NOT granted AND relation = 'notifications'::regclass`;
  await eventually(async () => expect((await other.query(endWaiting)).rowCount).toBe(1));
  expect(await inbox).toEqual(WITHOUT_NOTIFICATIONS);
  await other.query('ROLLBACK');
  expect(await readInbox()).toEqual(WHOLE);
});

test('readiness names the database of each subgraph that is away, and Redis, to operators and not to strangers', async () => {
  const restore = await databaseOutage({ url: supergraph.databaseUrl('notifications') });
  const response = await fetch(new URL('/readyz', supergraph.metricsUrl));
  const { parts } = (await response.json()) as { parts: Record<string, { ok: boolean }> };
  expect(response.status).toBe(503);
  const told = await fetch(new URL('/readyz', supergraph.endpoint));
  expect([told.status, await told.json()]).toEqual([503, { status: 'not ready' }]);
  expect(parts).toMatchObject({ redis: { ok: true }, accounts: { ok: true }, notifications: { ok: false } });
  await restore();
});
