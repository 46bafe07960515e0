import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';

import { outcomeOf, played } from './played.ts';
import { errorsOf, type RegistryCopy, registryCopy } from './registry-copy.ts';

const SHOWS = 'type Query { show: Show } type Show { id: ID! name: String hall: Int }';
const before = { shows: SHOWS };
const FILE = 'schema/published/shows.graphql';
const MANIFEST = 'schema/published/manifest.json';

const messagesOf = (checked: Parameters<typeof errorsOf>[0]): string[] =>
  errorsOf(checked).map(({ message }) => message);

/** Rewrites published SDL, and its hash in the manifest. */
function rewrite(copy: RegistryCopy, from: string, to: string): void {
  copy.edit(FILE, from, to);
  const { subgraphs, ...manifest } = JSON.parse(copy.read(MANIFEST));
  const shows = createHash('sha256').update(copy.read(FILE)).digest('hex');
  copy.write(MANIFEST, JSON.stringify({ ...manifest, subgraphs: { ...subgraphs, shows } }));
}

test('the first check says that nothing is published, and judges what needs no comparison', async () => {
  const copy = await registryCopy();
  copy.remove('schema/published');
  copy.subgraph('catalog', '  "The city\'s name."\n', '');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(5);
  expect(errorsOf(checked)).toMatchObject([
    {
      message: 'Nothing is published yet: there is no schema to compare with.',
      help: expect.stringContaining('npm run schema:publish'),
    },
    { rule: 'lint/description', coordinate: 'City.name' },
  ]);
  expect((await copy.run('publish')).code).toBe(11);
  copy.subgraph('catalog', '  name: String!', '  "The name."\n  name: String!');
  await copy.run('compose');
  expect((await copy.run('publish')).code).toBe(0);
  expect((await copy.checkOnly()).exitCode).toBe(0);
});

test.each([
  ['a lost file', (copy: RegistryCopy) => copy.remove(FILE), `${FILE} is missing.`],
  ['a lost manifest', (copy: RegistryCopy) => copy.remove(MANIFEST), `${MANIFEST} is missing.`],
  ['a damaged manifest', (copy: RegistryCopy) => copy.edit(MANIFEST, '"revision": 1', ''), `${MANIFEST} is damaged.`],
  [
    'an altered file',
    (copy: RegistryCopy) => copy.edit(FILE, 'name: String', 'title: String'),
    `${FILE} is not what was published: its hash is not the manifest's.`,
  ],
  [
    'an additional file',
    (copy: RegistryCopy) => copy.write('schema/published/old.graphql', SHOWS),
    'schema/published/old.graphql was not published: the manifest does not name it.',
  ],
])('%s is told, and nothing is published over it', async (_what, damage, message) => {
  const copy = await played({ before });
  damage(copy);
  const checked = await copy.check();
  expect([checked.exitCode, messagesOf(checked)]).toEqual([5, [message]]);
  expect((await copy.run('publish')).code).toBe(5);
});

test('an additional file hides no breaking change', async () => {
  const copy = await played({ before, clients: { 'app/a.graphql': 'query A { show { name } }' } });
  copy.write('schema/published/old.graphql', SHOWS);
  copy.write('subgraphs/shows/schema.graphql', SHOWS.replace('name: String', ''));
  expect(outcomeOf(await copy.check()).found).toContain('error breaking/field-removed Show.name [shows]: app A');
});

const REWRITTEN = (commit: string): string => `${FILE} was rewritten since ${commit}, and not by a publication.`;

test('published SDL that was rewritten with its hash is told', async () => {
  const copy = await played({ before });
  copy.commit('main');
  rewrite(copy, '  hall: Int\n', '');
  copy.write('subgraphs/shows/schema.graphql', SHOWS.replace('hall: Int', ''));
  const checked = await copy.check();
  expect([checked.exitCode, messagesOf(checked)]).toEqual([5, [REWRITTEN('HEAD')]]);
  expect((await copy.run('publish')).code).toBe(5);
  copy.commit('branch');
  expect(messagesOf(await copy.checkOnly('--base', 'main'))).toEqual([REWRITTEN('main')]);
});

test('a publication of the branch passes, and fails once it was rewritten', async () => {
  const copy = await played({ before });
  copy.commit('main');
  copy.write('subgraphs/shows/schema.graphql', SHOWS.replace('hall: Int', ''));
  await copy.run('compose');
  expect((await copy.run('publish')).code).toBe(0);
  copy.commit('branch');
  expect((await copy.checkOnly('--base', 'main')).exitCode).toBe(0);
  rewrite(copy, '  name: String\n', '');
  expect(messagesOf(await copy.checkOnly('--base', 'main'))).toEqual([REWRITTEN('main')]);
});

test('a branch that loses the published schema, or a living operation, fails', async () => {
  const copy = await played({ before, clients: { 'app/a.graphql': 'query A { show { name } }' } });
  copy.commit('main');
  copy.remove('schema/clients/app/a.graphql');
  copy.republishOperations('[]\n');
  const checked = await copy.check('--base', 'main');
  expect(checked.exitCode).toBe(5);
  expect(messagesOf(checked)).toContain(
    'schema/published/operations.json no longer has A of app, which is neither retired nor unused.',
  );
  copy.remove('schema/published');
  expect(messagesOf(await copy.checkOnly('--base', 'main'))).toContain(
    'Nothing is published yet: there is no schema to compare with.',
  );
});
