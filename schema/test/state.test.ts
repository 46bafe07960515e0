import { cpSync } from 'node:fs';
import { inject, expect, test } from 'vitest';

import { played } from './played.ts';
import { errorsOf, registryCopy } from './registry-copy.ts';

test('broken SDL fails with its line, and the other subgraphs are still linted', async () => {
  const copy = await registryCopy();
  copy.subgraph('booking', 'type Availability {', 'type Availability {{');
  copy.subgraph('catalog', '  "The city\'s name."\n', '');
  const checked = await copy.checkOnly();
  expect(checked.exitCode).toBe(3);
  expect(errorsOf(checked)).toMatchObject([
    {
      rule: 'syntax',
      subgraph: 'booking',
      location: { file: 'subgraphs/booking/schema.graphql', line: expect.any(Number) },
    },
    { rule: 'lint/description', coordinate: 'City.name' },
  ]);
});

test.each([
  ['an unknown type', 'booking', 'total: Int!', 'total: Nothing!', 'invalid-graphql', 'booking'],
  [
    'a key of a missing field',
    'booking',
    'type Show @key(fields: "id")',
    'type Show @key(fields: "code")',
    'key-invalid-fields',
    'booking',
  ],
  [
    'a field that two subgraphs resolve',
    'payments',
    '  wallet: Wallet @authenticated\n',
    '  wallet: Wallet @authenticated\n  "Shown to others."\n  displayName: String!\n',
    'invalid-field-sharing',
    'payments',
  ],
  [
    'a field with two types',
    'booking',
    '  price: Money! @shareable',
    '  price: Int! @shareable',
    'field-type-mismatch',
    'booking',
  ],
  [
    'an entity that cannot be reached',
    'notifications',
    'type Booking @key(fields: "id", resolvable: false) {',
    'type Booking @key(fields: "id") {\n  "A note."\n  note: Memo',
    'invalid-graphql',
    'notifications',
  ],
  [
    'an @override from itself',
    'booking',
    '  availability: Availability\n',
    '  availability: Availability @override(from: "booking")\n',
    'override-from-self-error',
    'booking',
  ],
])(
  'subgraphs that do not compose fail, named by subgraph, line and way out: %s',
  async (_what, subgraph, from, to, rule, culprit) => {
    const copy = await registryCopy();
    copy.subgraph(subgraph, from, to);
    const checked = await copy.checkOnly();
    expect(checked.exitCode).toBe(4);
    const [first] = errorsOf(checked);
    expect(first).toMatchObject({
      rule: `composition/${rule}`,
      subgraph: culprit,
      location: { file: `subgraphs/${culprit}/schema.graphql`, line: expect.any(Number) },
      help: expect.stringMatching(/./),
    });
  },
);

test('fields that require each other do not compose', async () => {
  const file = 'subgraphs/halls/schema.graphql';
  const shows =
    'type Query { show: Show } type Show @key(fields: "id") { id: ID! seats: Int @requires(fields: "rows") rows: Int @external }';
  const halls = 'type Show @key(fields: "id") { id: ID! seats: Int @external rows: Int @requires(fields: "seats") }';
  const copy = await played({ before: { shows: shows.replace('@requires(fields: "rows") rows: Int @external', '') } });
  copy.write('subgraphs/shows/schema.graphql', shows);
  copy.write(file, halls);
  const checked = await copy.check();
  expect(checked.exitCode).toBe(4);
  expect(errorsOf(checked)).toMatchObject([{ rule: 'composition/circular-requirement', location: { file, line: 1 } }]);
});

test('a query that only some of the subgraphs can satisfy warns', async () => {
  const sdl = (member: string): string =>
    `type Query { pick: Pick @shareable } union Pick = Show | ${member} type Show @shareable { id: ID } type ${member} { code: ID }`;
  const copy = await played({ before: { shows: 'type Query { show: Show } type Show @shareable { id: ID }' } });
  copy.write('subgraphs/shows/schema.graphql', sdl('Hall'));
  copy.write('subgraphs/bars/schema.graphql', sdl('Bar'));
  const { exitCode, findings } = await copy.check();
  expect(exitCode).toBe(0);
  expect(findings.filter(({ severity }) => severity === 'warning')).toMatchObject([
    {
      rule: 'composition/inconsistent-runtime-types-for-shareable-return',
      message: expect.stringContaining('Query.pick'),
    },
  ]);
});

test('a query that no path of keys can resolve does not compose', async () => {
  const copy = await registryCopy();
  copy.subgraph(
    'notifications',
    'type Booking @key(fields: "id", resolvable: false) {',
    'type Booking @key(fields: "id", resolvable: false) {\n  "How many are left."\n  left: Int',
  );
  const checked = await copy.checkOnly();
  expect(checked.exitCode).toBe(4);
  expect(errorsOf(checked)[0]).toMatchObject({
    rule: 'composition/satisfiability-error',
    location: { file: expect.stringMatching(/^subgraphs\/(booking|notifications)/) },
  });
});

test.each([
  [
    'an operation that does not validate',
    'query Mayor { cities { edges { node { mayor } } } }',
    10,
    'drift/operation-invalid',
  ],
  ['an operation without a name', '{ viewer { id } }', 10, 'drift/operation-name'],
  ['an operation registered twice', 'query SeatMap { viewer { id } }', 10, 'drift/operation-name'],
  ['a document that is no GraphQL', 'query {', 3, 'syntax'],
])('%s fails on its line', async (_what, document, code, rule) => {
  const copy = await registryCopy();
  copy.write('schema/clients/storefront/new.graphql', document);
  const checked = await copy.check();
  expect(checked.exitCode).toBe(code);
  expect(errorsOf(checked)).toContainEqual(
    expect.objectContaining({
      rule,
      location: { file: expect.stringContaining('storefront/'), line: 1, column: expect.any(Number) },
    }),
  );
});

test.each(['schema/supergraph.graphql', 'schema/api.graphql', 'schema/clients/manifest.json'])(
  'a stale %s fails until schema:compose has written it',
  async (file) => {
    const copy = await registryCopy();
    copy.write(file, copy.read(file).replace(/\n.*\n$/, '\n'));
    const checked = await copy.checkOnly();
    expect(checked.exitCode).toBe(10);
    expect(errorsOf(checked)).toMatchObject([{ rule: 'drift/generated-file', location: { file } }]);
    expect((await copy.check()).exitCode).toBe(0);
  },
);

test('a migration that does not match its Prisma schema fails', async () => {
  const copy = await registryCopy();
  copy.env = { SCHEMA_POSTGRES_URL: inject('postgresUrl') };
  expect(await copy.run('migrations')).toMatchObject({ code: 0 });
  copy.edit('prisma/accounts/schema.prisma', 'model User {', 'model User {\n  nickname String?');
  const { code, text } = await copy.run('migrations', '--json');
  expect(code).toBe(10);
  expect(JSON.parse(text)).toMatchObject({
    findings: [
      {
        rule: 'drift/migration',
        message: expect.stringMatching(/prisma\/accounts: a migration is missing:[^]*ADD COLUMN.*"nickname"/),
      },
    ],
  });
});

test('migrations that cannot be applied fail with the reason', async () => {
  const copy = await registryCopy();
  copy.env = { SCHEMA_POSTGRES_URL: inject('postgresUrl') };
  cpSync(copy.path('prisma/accounts'), copy.path('prisma/copied'), { recursive: true });
  copy.remove('prisma/accounts');
  copy.write('prisma/copied/migrations/99999999999999_broken/migration.sql', 'ALTER TABLE nowhere ADD COLUMN a int;');
  const { code, text } = await copy.run('migrations');
  expect([code, text]).toEqual([10, expect.stringContaining('nowhere')]);
});

test.each([
  ['an unknown setting', 'changes:', 'chances:', 'chances'],
  ['a value that is none of the choices', 'dangerous: warn', 'dangerous: maybe', 'changes.dangerous'],
  ['a window of no days', 'windowDays: 30', 'windowDays: 0', 'usage.windowDays'],
  ['broken YAML', 'changes:', 'changes: [', 'is not YAML'],
  ['one URL for all subgraphs', 'http://{name}:4000', 'http://localhost:4000', 'subgraphs.url'],
  [
    'a URL that is none',
    'http://{name}:4000/graphql',
    'ftp://{name}/graphql',
    'is a URL such as http://{name}:4000/graphql',
  ],
  ['no subgraphs', 'subgraphs:', 'subgraph:', 'subgraphs'],
])('a configuration with %s is refused with its line', async (_what, from, to, message) => {
  const copy = await registryCopy();
  copy.config(from, to);
  const checked = await copy.checkOnly();
  expect(checked.exitCode).toBe(2);
  expect(checked.findings).toContainEqual(
    expect.objectContaining({
      message: expect.stringContaining(message),
      location: expect.objectContaining({ file: 'schema/registry.config.yml', line: expect.any(Number) }),
    }),
  );
});

test('a subgraph folder with an invalid name is rejected', async () => {
  const copy = await registryCopy();
  copy.write('subgraphs/Weather Report/schema.graphql', 'type Query { raining: Boolean }');
  expect(await copy.checkOnly()).toMatchObject({
    exitCode: 2,
    findings: [{ message: expect.stringContaining('subgraphs/Weather Report is misnamed') }],
  });
});
