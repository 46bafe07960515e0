import { expect, test } from 'vitest';

import { outcomeOf, played } from './played.ts';
import type { RegistryCopy } from './registry-copy.ts';

const SDL = 'type Query { show: Show } type Show { id: ID! name: String hall: Int @deprecated }';
const REGISTERED = 'schema/clients/kiosk/registered.graphql';
const ARGUMENTS = ['--client', 'kiosk', '--operations', 'kiosk/src'];

/** A registry with the source code of a client of another repository beside it. */
async function withKiosk(): Promise<RegistryCopy> {
  const copy = await played({ before: { shows: SDL }, clients: { 'app/a.graphql': 'query A { show { id } }' } });
  copy.write('kiosk/src/show/Show.tsx', 'export {}');
  copy.write('kiosk/src/show/show.graphql', 'query Show { show { ...Name } }');
  copy.write('kiosk/src/fragments.gql', 'fragment Name on Show { name }');
  copy.write('kiosk/src/node_modules/other/other.graphql', 'query Other { show { nothing } }');
  return copy;
}

function namesIn(copy: RegistryCopy): string[] {
  const { operations } = JSON.parse(copy.read('schema/clients/manifest.json'));
  return operations.map(({ clientName, name }: Record<string, string>) => `${clientName} ${name}`);
}

test('a client of another repository registers its operations, and changes that break them fail', async () => {
  const copy = await withKiosk();
  const { code, text } = await copy.run('register', ...ARGUMENTS);
  expect([code, text]).toEqual([0, expect.stringContaining(`Registered 1 operations of kiosk in ${REGISTERED}.`)]);
  expect(copy.read(REGISTERED)).toContain('query Show {\n  show {\n    ...Name\n  }\n}\n\nfragment Name on Show {');
  expect(namesIn(copy)).toEqual(['app A', 'kiosk Show']);
  expect((await copy.checkOnly()).exitCode).toBe(0);
  expect((await copy.run('publish')).text).toBe('Registered 2 operations.\n');
  copy.write('subgraphs/shows/schema.graphql', SDL.replace('name: String', ''));
  expect(outcomeOf(await copy.check()).found).toContain('error breaking/field-removed Show.name [shows]: kiosk Show');
});

test('a registration replaces the one before, whose published operations live on', async () => {
  const copy = await withKiosk();
  await copy.run('register', ...ARGUMENTS);
  await copy.run('publish');
  copy.write('kiosk/src/show/show.graphql', 'query Shown { show { ...Name } }');
  expect((await copy.run('register', ...ARGUMENTS)).code).toBe(0);
  expect(copy.read(REGISTERED)).not.toContain('query Show {');
  expect(namesIn(copy)).toEqual(['app A', 'kiosk Show', 'kiosk Shown']);
  expect(outcomeOf(await copy.checkOnly())).toEqual({ code: 0, found: ['warning drift/operation-removed kiosk.Show'] });
});

test.each([
  [
    'an invalid operation',
    'query Show { show { nothing } }',
    10,
    ['error drift/operation-invalid', 'warning drift/fragment-unused'],
  ],
  ['a document that does not parse', 'query Show {', 3, ['error syntax', 'warning drift/fragment-unused']],
  ['an operation without a name', '{ show { ...Name } }', 10, ['error drift/operation-name']],
  ['a deprecated field', 'query Show { show { ...Name hall } }', 0, ['warning drift/deprecated-use']],
])('%s is told by its file, and an error registers nothing', async (_what, document, code, found) => {
  const copy = await withKiosk();
  copy.write('kiosk/src/show/show.graphql', document);
  const checked = await copy.checkOnly(...ARGUMENTS);
  expect(outcomeOf(checked)).toEqual({ code, found });
  expect(checked.findings[0]?.location).toMatchObject({ file: 'kiosk/src/show/show.graphql', line: 1 });
  expect((await copy.run('register', ...ARGUMENTS)).code).toBe(code);
  expect(namesIn(copy)).toEqual(code === 0 ? ['app A', 'kiosk Show'] : ['app A']);
});

test.each([
  [['register'], 'register needs --client <name> and --operations <path>'],
  [['register', '--client', 'kiosk'], '--client <name> and --operations <path> belong together'],
  [['publish', ...ARGUMENTS], '--client is for check and register'],
  [['register', '--client', 'Kiosk 2', '--operations', 'kiosk'], '--client Kiosk 2 is no name'],
  [['register', '--client', 'kiosk', '--operations', 'nowhere'], '--operations nowhere cannot be read'],
  [['register', '--client', 'kiosk', '--operations', 'prisma'], '--operations prisma has no operation'],
  [['register', '--client', 'app', '--operations', 'kiosk'], 'app has documents in this repository'],
])('%j is refused', async (args, message) => {
  const copy = await withKiosk();
  copy.write('prisma/README.md', '# No operations');
  const { code, text } = await copy.run(...args);
  expect([code, text]).toEqual([2, expect.stringContaining(message)]);
});
