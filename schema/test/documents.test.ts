import { expect, test } from 'vitest';

import { outcomeOf, play, played, type PlayedChange } from './played.ts';

const before = { shows: 'type Query { show: Show } type Show { id: ID! name: String }' };
const registering = (clientsAfter: PlayedChange[1]['clients']): PlayedChange[1] => ({
  before,
  clients: { 'app/all.graphql': 'query Show { show { id } }' },
  ...(clientsAfter ? { clientsAfter } : {}),
});

const DOCUMENTS: PlayedChange[] = [
  [
    'two operations of one name in a file',
    registering({ 'app/new.graphql': 'query New { show { id } } query New { show { name } }' }),
    10,
    ['error drift/generated-file', 'error drift/operation-name'],
  ],
  [
    'two operations of one name in two files',
    registering({ 'app/new.graphql': 'query Show { show { name } }' }),
    10,
    ['error drift/operation-name'],
  ],
  ['one name for two clients', registering({ 'other/new.graphql': 'query Show { show { name } }' }), 0, []],
  [
    'a fragment in another file',
    registering({ 'app/a.graphql': 'query New { show { ...One } }', 'app/one.graphql': 'fragment One on Show { id }' }),
    0,
    [],
  ],
  [
    'a fragment of another client',
    registering({
      'app/a.graphql': 'query New { show { ...One } }',
      'other/one.graphql': 'fragment One on Show { id } query Other { show { ...One } }',
    }),
    10,
    ['error drift/operation-invalid'],
  ],
  [
    'two fragments of one name',
    registering({
      'app/a.graphql': 'query New { show { ...One } } fragment One on Show { id }',
      'app/b.graphql': 'fragment One on Show { name }',
    }),
    10,
    ['error drift/fragment-name', 'error drift/generated-file'],
  ],
  [
    'a fragment that no operation uses',
    registering({ 'app/one.graphql': 'fragment One on Show { ...Two } fragment Two on Show { id }' }),
    0,
    ['warning drift/fragment-unused', 'warning drift/fragment-unused'],
  ],
  [
    'a definition of the schema',
    registering({ 'app/a.graphql': 'type Extra { id: ID }' }),
    10,
    ['error drift/operation-file'],
  ],
  ['a broken file in a subfolder', registering({ 'app/deep/er/a.graphql': 'query {' }), 3, ['error syntax']],
  [
    'a .gql file',
    registering({ 'app/a.gql': 'query New { show { nothing } }' }),
    10,
    ['error drift/operation-invalid'],
  ],
  [
    'a file outside of the clients',
    registering({ 'a.graphql': 'query New { show { id } }' }),
    10,
    ['error drift/operation-file'],
  ],
  [
    'a file of another kind',
    registering({ 'app/a.ts': 'gql`query New { show { id } }`' }),
    10,
    ['error drift/operation-file'],
  ],
  ['notes', registering({ 'README.md': '# Clients', 'app/README.md': '# App', 'app/.gitkeep': '' }), 0, []],
];

test.each(DOCUMENTS)('%s is found or refused', async (_name, change, code, found) => {
  expect(await play(change)).toEqual({ code, found });
});

test('operations of subfolders are registered with their fragments, whatever file has them', async () => {
  const copy = await played(
    registering({ 'app/z/new.gql': 'query New { show { ...One } }', 'app/a.graphql': 'fragment One on Show { id }' }),
  );
  expect(outcomeOf(await copy.check())).toEqual({ code: 0, found: [] });
  const { operations } = JSON.parse(copy.read('schema/clients/manifest.json'));
  expect(operations).toContainEqual(
    expect.objectContaining({
      clientName: 'app',
      name: 'New',
      body: 'query New {\n  show {\n    ...One\n  }\n}\n\nfragment One on Show {\n  id\n}',
    }),
  );
});
