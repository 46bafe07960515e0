import { expect, test } from 'vitest';

import { openActivity, tracked, user } from './harness.ts';

const ACCOUNTS = { kind: 'service', name: 'accounts' } as const;
const QUERY = 'query ($id: ID!) { personalData(userId: $id) }';

test('a person gets all that they did, and nothing of it names or quotes them once they are erased', async () => {
  const { track, loaded, execute, deliver, database, rows } = await openActivity();
  const did = () => [
    tracked('title_view', { titleId: 'ttl_1', visitorId: 'mine', at: new Date(Date.now() - 1_000).toISOString() }),
    tracked('search', { searchText: 'my words', properties: { note: 'my note' } }),
  ];
  await track(did(), user('usr_1'));
  await track(did(), user('usr_2'));
  await database.suspect.create({ data: { actorId: 'usr_1' } });
  await loaded();
  const { data } = await execute(QUERY, ACCOUNTS, { id: 'usr_1' });
  expect(JSON.parse((data as { personalData: string }).personalData)).toMatchObject({
    history: [
      { kind: 'VIEW', titleId: 'ttl_1' },
      { kind: 'SEARCH', searchText: 'my words' },
    ],
    events: [{ name: 'title_view' }, { name: 'search', properties: { note: 'my note' } }],
    lastSeen: [{ at: expect.any(String) }],
    suspected: [{ until: null }],
  });
  const counts = 'SELECT name, sum(events)::int AS events FROM event_minutes GROUP BY name ORDER BY name';
  const before = await rows(counts);
  for (const time of [1, 2]) {
    await deliver('account.erased', { userId: 'usr_1' });
    expect(await rows("SELECT FROM events WHERE user_id = 'usr_1'"), `time ${time}`).toEqual([]);
    expect(await database.historyEntry.count({ where: { userId: 'usr_1' } })).toBe(0);
    expect(await database.userVisitor.count({ where: { userId: 'usr_1' } })).toBe(0);
    expect(await database.suspect.count()).toBe(0);
  }
  const words = "SELECT user_id FROM events WHERE search_text = 'my words' OR properties IS NOT NULL";
  expect(await rows(words)).toEqual([{ user_id: 'usr_2' }]);
  expect(await rows(counts)).toEqual(before);
  // Events on their way at the erasure count, and say nothing about them.
  await track(did(), user('usr_1'));
  await loaded();
  expect(await rows("SELECT FROM events WHERE user_id = 'usr_1'")).toEqual([]);
  expect(await rows(words)).toEqual([{ user_id: 'usr_2' }]);
  expect(await database.historyEntry.count({ where: { userId: 'usr_1' } })).toBe(0);
});
