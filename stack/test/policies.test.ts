import { expect, test } from 'vitest';

import { policiesTable } from '../src/policies.ts';
import { loadSubgraph } from '../src/subgraphs.ts';

test('every field is listed with its policy and where that is decided', async () => {
  const rows = policiesTable([await loadSubgraph('notifications')]).map((line) => line.split(/ {2,}/));
  const fields = new Map(rows.map(([subgraph, field, ...decision]) => [`${subgraph} ${field}`, decision]));
  const expected = {
    'Mutation.markNotificationsRead': ['signed in', 'schema.graphql'],
    'User.id': ['everyone', 'entity key'],
    'User.notifications': ['its owner, or scope users:write', 'permissions.ts, User.*'],
    'NotificationEdge.node': ['everyone', 'reached through decided fields'],
  };
  for (const [field, decision] of Object.entries(expected)) {
    expect(fields.get(`notifications ${field}`)).toEqual(decision);
  }
});

test('the columns of all subgraphs are aligned', async () => {
  const lines = policiesTable(await Promise.all(['booking', 'notifications'].map(loadSubgraph)));
  const starts = lines.map((line) => line.indexOf(/ {2}(\S+\.\S+)/.exec(line)?.[1] ?? ''));
  expect(new Set(starts)).toEqual(new Set(['notifications'.length + 2]));
});
