import type { Caller } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { openActivity, tracked, user } from './harness.ts';

const { track, loaded, rows, execute } = await openActivity();

const HISTORY = `query ($of: [_Any!]!, $first: Int, $after: String) {
  _entities(representations: $of) { ... on User { history(first: $first, after: $after) {
    edges { node { id kind at title { id } booking { id } searchText } } pageInfo { hasNextPage endCursor } } } }
}`;

test('events are loaded once, and a repeat is dropped whenever it comes', async () => {
  const events = [tracked('title_view', { titleId: 'ttl_1' }), tracked('search', { searchText: 'fargo' })];
  expect(await track([...events, events[0] as never])).toEqual({ accepted: 2, duplicates: 1 });
  expect(await track(events)).toEqual({ accepted: 0, duplicates: 2 });
  await loaded();
  expect(await rows(`SELECT name FROM events WHERE id IN ('${events[0]?.id}', '${events[1]?.id}') ORDER BY 1`)).toEqual(
    [{ name: 'search' }, { name: 'title_view' }],
  );
});

test('a person reads what they looked at and searched for, and nobody else does', async () => {
  const person = user('usr_1');
  const at = new Date(Date.now() - 1_000).toISOString();
  await track([tracked('title_view', { titleId: 'ttl_1', at }), tracked('search', { searchText: 'fargo' })], person);
  await loaded();
  const read = (caller: Caller) => execute(HISTORY, caller, { of: [{ __typename: 'User', id: 'usr_1' }], first: 10 });
  expect(await read(person)).toMatchObject({
    data: {
      _entities: [
        {
          history: {
            edges: [
              { node: { kind: 'SEARCH', title: null, searchText: 'fargo' } },
              { node: { kind: 'VIEW', title: { id: 'ttl_1' }, searchText: null } },
            ],
          },
        },
      ],
    },
  });
  for (const caller of [user('usr_2'), user('usr_admin', ['users:read', 'users:write'])]) {
    const { data, errors } = await read(caller);
    expect([data, errors?.[0]?.extensions?.['code']]).toEqual([{ _entities: [{ history: null }] }, 'FORBIDDEN']);
  }
});
