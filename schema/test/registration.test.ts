import { operationHash, redisUsageWriter } from '@marquee/schema-usage';
import { testRedis } from '@marquee/testkit';
import { parse } from 'graphql';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';

import { outcomeOf, play, played, type PlayedChange } from './played.ts';
import { NOW, type RegistryCopy } from './registry-copy.ts';

const SDL = 'type Query { show: Show } type Show { id: ID! name: String mood: String hall: Int @deprecated }';
const before = { shows: SDL };
const withoutName = { shows: SDL.replace('name: String', '') };
const NAME = 'query Name { show { name } }';
const clients = { 'app/name.graphql': NAME, 'app/id.graphql': 'query Id { show { id } }' };
const removed = { 'app/name.graphql': null };
const edited = { 'app/name.graphql': 'query Name { show { id } }' };
const retiredOn = (lastDay: string, more = ''): string =>
  `- { client: app, operation: Name, lastDay: ${lastDay}, reason: older apps are switched off${more} }\n`;
const approving = (rule: string, coordinate: string): string =>
  `- { rule: ${rule}, coordinate: ${coordinate}, reason: nobody will miss it, expires: 2026-12-24 }\n`;

const BROKEN = [
  'error breaking/field-removed Show.name [shows]: app Name',
  'error breaking/operation-invalid app.Name: app Name',
];
const APPROVED = [
  'note breaking/field-removed Show.name [shows]: app Name',
  'note breaking/operation-invalid app.Name: app Name',
];
const GONE = 'note breaking/field-removed Show.name [shows]';

const CHANGES: PlayedChange[] = [
  [
    'a field is removed together with its operation',
    { before, after: withoutName, clients, clientsAfter: removed },
    6,
    [...BROKEN, 'warning drift/operation-removed app.Name'],
  ],
  [
    'a field is removed, and its operation edited',
    { before, after: withoutName, clients, clientsAfter: edited },
    6,
    [...BROKEN, 'note drift/operation-edited app.Name'],
  ],
  [
    'an operation is removed',
    { before, clients, clientsAfter: removed },
    0,
    ['warning drift/operation-removed app.Name'],
  ],
  ['an operation is edited', { before, clients, clientsAfter: edited }, 0, ['note drift/operation-edited app.Name']],
  [
    'an operation moves to another file with another layout',
    { before, clients, clientsAfter: { ...removed, 'app/deep/name.gql': 'query Name {\n  show {\n    name } }' } },
    0,
    [],
  ],
  [
    'an operation is retired until today',
    { before, after: withoutName, clients, clientsAfter: removed, retired: retiredOn('2026-11-24') },
    6,
    [...BROKEN, 'note drift/operation-removed app.Name'],
  ],
  [
    'an operation was retired until yesterday',
    { before, after: withoutName, clients, clientsAfter: removed, retired: retiredOn('2026-11-23') },
    0,
    [GONE, 'note drift/operation-removed app.Name'],
  ],
  [
    'another version of the operation is retired',
    {
      before,
      after: withoutName,
      clients,
      clientsAfter: removed,
      retired: retiredOn('2026-11-23', `, id: '${'0'.repeat(64)}'`),
    },
    6,
    [...BROKEN, 'warning drift/operation-removed app.Name', 'warning input'],
  ],
  [
    'an operation that its client still registers is retired',
    { before, clients, retired: retiredOn('2026-11-23') },
    0,
    ['warning input'],
  ],
  [
    'the removal of the field alone is approved',
    {
      before,
      after: withoutName,
      clients,
      clientsAfter: removed,
      approvals: approving('breaking/field-removed', 'Show.name'),
    },
    6,
    [APPROVED[0] ?? '', BROKEN[1] ?? '', 'warning drift/operation-removed app.Name'],
  ],
  [
    'the removal of the field and the end of its operation are approved',
    {
      before,
      after: withoutName,
      clients,
      clientsAfter: removed,
      approvals: approving('breaking/field-removed', 'Show.name') + approving('breaking/operation-invalid', 'app.Name'),
    },
    0,
    [...APPROVED, 'warning drift/operation-removed app.Name'],
  ],
  [
    'a new operation uses a deprecated field',
    { before, clients, clientsAfter: { 'app/hall.graphql': 'query Hall { show { hall } }' } },
    0,
    ['warning drift/deprecated-use'],
  ],
  [
    'a published operation uses a field that is deprecated now',
    { before, after: { shows: SDL.replace('name: String', 'name: String @deprecated') }, clients },
    0,
    [],
  ],
  [
    'a retirement without a reason',
    { before, clients, retired: '- { client: app, operation: Name, lastDay: 2026-11-23 }\n' },
    2,
    ['error input'],
  ],
];

test.each(CHANGES)('%s', async (_name, change, code, found) => {
  expect(await play(change)).toEqual({ code, found: found.toSorted() });
});

/** The operations in a generated file, by name. */
function namesIn(copy: RegistryCopy, file: string): string[] {
  const content = JSON.parse(copy.read(file));
  return (content.operations ?? content).map(({ name }: { name: string }) => name);
}
const SAFELIST = 'schema/clients/manifest.json';
const PUBLISHED = 'schema/published/operations.json';

test('a removed operation lives on in the publication and the safelist until it is retired', async () => {
  const copy = await played({ before, clients, clientsAfter: removed });
  expect((await copy.check()).exitCode).toBe(0);
  expect(namesIn(copy, SAFELIST)).toEqual(['Id', 'Name']);
  expect(await copy.run('publish')).toEqual({ code: 0, text: 'Registered 2 operations.\n' });
  expect(JSON.parse(copy.read(PUBLISHED))).toMatchObject([{ name: 'Id' }, { name: 'Name', removed: '2026-11-24' }]);
  const later = await copy.check();
  expect(outcomeOf(later)).toEqual({ code: 0, found: [] });
  expect(later.summary[0]).toBe('1 subgraphs, 1 registered operations and 1 earlier ones that clients may still send.');
  copy.write('subgraphs/shows/schema.graphql', withoutName.shows);
  expect(outcomeOf(await copy.check())).toEqual({ code: 6, found: BROKEN });
  copy.write('schema/retired.yml', retiredOn('2026-11-23'));
  expect(outcomeOf(await copy.check())).toEqual({ code: 0, found: [GONE] });
  expect((await copy.run('publish')).code).toBe(0);
  expect([namesIn(copy, PUBLISHED), namesIn(copy, SAFELIST)]).toEqual([['Id'], ['Id']]);
  expect(outcomeOf(await copy.checkOnly())).toEqual({ code: 0, found: ['warning input'] });
});

test('both versions of an edited operation are in the safelist', async () => {
  const copy = await played({ before, clients, clientsAfter: edited });
  await copy.run('compose');
  expect(namesIn(copy, SAFELIST)).toEqual(['Id', 'Name', 'Name']);
  expect((await copy.run('publish')).code).toBe(0);
  expect(namesIn(copy, SAFELIST)).toEqual(['Id', 'Name', 'Name']);
  expect(await copy.checkOnly()).toMatchObject({ exitCode: 0 });
});

test('published operations that were altered or lost fail', async () => {
  const altered = await played({ before, clients });
  altered.edit(PUBLISHED, 'show', 'shows');
  const lost = await played({ before, clients });
  lost.remove(PUBLISHED);
  for (const copy of [altered, lost]) {
    expect(await copy.checkOnly()).toMatchObject({
      exitCode: 5,
      findings: [{ message: 'schema/published/operations.json is not what was published.' }],
    });
  }
});

const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);

/** A registry in which an operation registered forty days ago is removed, with requests by operation and day. */
async function withUsage(
  requests: readonly (readonly [text: string, coordinate: string, at: Date])[],
  registered = 40,
) {
  const copy = await played({ before, clients });
  const day = daysAgo(registered).toISOString().slice(0, 10);
  const text = copy.read(PUBLISHED).replaceAll('2026-11-24', day);
  copy.republishOperations(text);
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  onTestFinished(() => redis.disconnect());
  const writer = redisUsageWriter({ redis, namespace });
  for (const [operation, coordinate, at] of requests) {
    const used = { hash: operationHash(parse(operation)), name: 'Any', coordinates: [coordinate] };
    await writer.write([{ operation: used, client: 'app', version: '1', count: 5 }], at);
  }
  copy.env = { SCHEMA_USAGE_REDIS_URL: url, SCHEMA_USAGE_NAMESPACE: namespace };
  copy.remove('schema/clients/app/name.graphql');
  copy.write('subgraphs/shows/schema.graphql', withoutName.shows);
  return copy;
}

const ID = ['query Id { show { id } }', 'Show.id'] as const;
const STALE = [
  [...ID, daysAgo(30)],
  [...ID, daysAgo(1)],
] as const;

test('an operation that nobody sent in the whole window no longer counts, and is no longer published', async () => {
  const copy = await withUsage(STALE);
  expect(outcomeOf(await copy.check())).toEqual({ code: 0, found: [GONE, 'note drift/operation-unsent app.Name'] });
  expect((await copy.run('publish')).code).toBe(0);
  expect(namesIn(copy, PUBLISHED)).toEqual(['Id']);
});

test.each([
  ['it is sent', withUsage.bind(null, [...STALE, [NAME, 'Show.name', daysAgo(2)]])],
  ['usage is not recorded since the window began', withUsage.bind(null, [[...ID, daysAgo(1)]])],
  ['it was registered within the window', withUsage.bind(null, STALE, 10)],
])('a removed operation counts while %s', async (_why, prepare) => {
  expect((await (await prepare()).check()).exitCode).toBe(6);
});
