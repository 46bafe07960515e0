import { spawnSync } from 'node:child_process';
import { env, execPath } from 'node:process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { operationUsage, redisUsageWriter } from '@marquee/schema-usage';
import { testRedis } from '@marquee/testkit';
import { buildSchema, parse } from 'graphql';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { main } from '../src/usage-report/cli.ts';

const SDL = `
  type Query {
    movies(genre: Genre, order: Order): [Title]
    old(id: ID @deprecated(reason: "Give a slug.")): Movie @deprecated(reason: "Use movies. <b>Gone</b> on 2027-01-01.")
    never: Int
    registered: Int
  }
  interface Title { name: String, length: Int }
  type Movie implements Title { name: String, length: Int, state: State }
  enum Genre { DRAMA COMEDY }
  enum Order { NEWEST }
  enum State { RUNNING OVER }
`;
const schema = buildSchema(SDL);
const NOW = new Date('2026-11-24T12:00:00Z');
const daysBefore = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const MOVIES = 'query Movies { movies(genre: DRAMA) { name } }';
const OLD = 'query Old { old(id: 1) { length } }';

/** A registry with its own schema and clients, and a Redis namespace with usage. */
function stage() {
  const folder = mkdtempSync(join(tmpdir(), 'usage-report-'));
  mkdirSync(join(folder, 'clients', 'storefront'), { recursive: true });
  writeFileSync(join(folder, 'api.graphql'), SDL);
  writeFileSync(join(folder, 'clients', 'storefront', 'all.graphql'), 'query Registered { registered }');
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  const writer = redisUsageWriter({ redis, namespace });
  onTestFinished(() => {
    redis.disconnect();
    rmSync(folder, { recursive: true });
  });
  const environment = { SCHEMA_USAGE_REDIS_URL: url, SCHEMA_USAGE_NAMESPACE: namespace };
  return {
    folder,
    namespace,
    redis,
    environment,
    use: async (query: string, count: number, by: { client?: string; version?: string; at?: Date } = {}) => {
      const operation = operationUsage(schema, parse(query), null);
      if (operation === undefined) throw new Error('There is no operation');
      const { client = 'storefront', version = '1.0', at = NOW } = by;
      await writer.write([{ operation, client, version, count }], at);
    },
    run: async (parameters: string[] = [], over: Record<string, string> = environment) => {
      let out = '';
      let error = '';
      const code = await main(parameters, {
        environment: over,
        schemaFolder: folder,
        stackFolder: folder,
        now: NOW,
        out: (text) => (out += text),
        error: (text) => (error += text),
      });
      return { code, out, error };
    },
  };
}

interface Line {
  readonly coordinate: string;
}

const coordinates = (lines: readonly Line[]) => lines.map(({ coordinate }) => coordinate);

test('the report lists uses, deprecated coordinates in use, and unused coordinates', async () => {
  const { use, run } = stage();
  await use(MOVIES, 90);
  await use(OLD, 10, { client: 'backoffice', version: '3.1', at: daysBefore(2) });
  const { code, out } = await run(['--json']);
  const report = JSON.parse(out);
  expect(code).toBe(0);
  expect(report).toMatchObject({ requests: 100, recordedSince: '2026-11-22T00:00:00.000Z' });
  expect(report.clients).toEqual([
    { client: 'storefront', requests: 90, versions: ['1.0'] },
    { client: 'backoffice', requests: 10, versions: ['3.1'] },
  ]);
  expect(coordinates(report.used)).toEqual([
    ...['Genre.DRAMA', 'Query.movies', 'Query.movies(genre:)', 'Title.name'],
    ...['Movie.length', 'Query.old', 'Query.old(id:)'],
  ]);
  expect(report.deprecatedInUse).toEqual([
    {
      coordinate: 'Query.old',
      kind: 'field',
      type: 'Query',
      deprecated: 'Use movies. <b>Gone</b> on 2027-01-01.',
      requests: 10,
      share: 0.1,
      clients: [{ client: 'backoffice', versions: ['3.1'], operations: ['Old'], requests: 10 }],
      lastSeen: daysBefore(2).toISOString(),
    },
    expect.objectContaining({ coordinate: 'Query.old(id:)', deprecated: 'Give a slug.' }),
  ]);
});

test('fields used through an interface, and enum values of responses, do not count as unused', async () => {
  const { use, run } = stage();
  await use(MOVIES, 1);
  const { out } = await run(['--json']);
  const unused: Line[] = JSON.parse(out).unused;
  expect(coordinates(unused)).not.toContain('Movie.name');
  expect(coordinates(unused)).not.toContain('State.OVER');
  expect(coordinates(unused)).toEqual([
    ...['Genre.COMEDY', 'Movie.length', 'Movie.state', 'Order.NEWEST', 'Query.movies(order:)', 'Query.never'],
    ...['Query.old', 'Query.old(id:)', 'Query.registered', 'Title.length'],
  ]);
});

test('an unused coordinate in a registered operation is marked', async () => {
  const { use, run } = stage();
  await use(MOVIES, 1);
  const { unused } = JSON.parse((await run(['--json'])).out);
  expect(unused).toContainEqual(
    expect.objectContaining({ coordinate: 'Query.registered', registeredBy: ['storefront'] }),
  );
  expect(unused).toContainEqual(expect.objectContaining({ coordinate: 'Query.never', registeredBy: [] }));
});

test('only uses within the requested days count', async () => {
  const { use, run } = stage();
  await use(MOVIES, 5);
  await use(OLD, 7, { at: daysBefore(10) });
  expect(JSON.parse((await run(['--json', '--days', '7'])).out)).toMatchObject({ requests: 5, deprecatedInUse: [] });
  expect(JSON.parse((await run(['--json', '--days', '14'])).out)).toMatchObject({ requests: 12 });
});

test('the report can be limited to one client', async () => {
  const { use, run } = stage();
  await use(MOVIES, 5);
  await use(OLD, 7, { client: 'backoffice' });
  const report = JSON.parse((await run(['--json', '--client', 'backoffice'])).out);
  expect(report).toMatchObject({ requests: 7, clients: [{ client: 'backoffice' }] });
  expect(coordinates(report.used)).toEqual(['Movie.length', 'Query.old', 'Query.old(id:)']);
  expect(coordinates(report.unused)).toContain('Query.movies');
});

test('the text report shows the same data', async () => {
  const { use, run } = stage();
  await use(MOVIES, 1_990);
  await use(OLD, 10, { client: 'backoffice', version: '3.1' });
  const { code, out } = await run();
  expect(code).toBe(0);
  expect(out).toContain(
    'Usage of the public schema, 2026-10-25 to 2026-11-24 (recorded since 2026-11-24): 2,000 requests',
  );
  expect(out).toMatch(/^ {2}storefront +1,990 +99\.5 % {2}1\.0$/m);
  expect(out).toMatch(/^ {2}Query\.old +10 +0\.5 % {2}2026-11-24 12:00 {2}backoffice 3\.1 \(Old\) +Use movies\./m);
  expect(out).toMatch(/^ {2}Query: movies\(order:\), never, registered\*$/m);
});

test('the HTML page is self-contained and escapes names sent by clients', async () => {
  const { folder, use, run } = stage();
  const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
  await use(MOVIES, 5, { client: hostile, version: `'${hostile}` });
  await use(OLD, 1);
  const file = join(folder, 'usage.html');
  expect(await run(['--html', file])).toMatchObject({ code: 0, out: `written  ${file}\n` });
  const page = readFileSync(file, 'utf8');
  for (const shown of ['Query.movies', 'Query.old', 'Order.NEWEST', 'Deprecated and still used']) {
    expect(page).toContain(shown);
  }
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toContain('<img');
  expect(page).not.toContain('<b>Gone');
  expect(page).toContain('&#60;b&#62;Gone');
  expect(page).not.toMatch(/<[^>]+ (src|href|on\w+)=/);
  expect(page).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;/);
});

test('the report says when the store has no usage', async () => {
  const { run } = stage();
  const { code, out } = await run();
  expect(code).toBe(0);
  expect(out).toContain('(nothing is recorded): 0 requests');
  expect(out).not.toContain('NaN');
});

test('without settings, the Redis of the local stack is used', async () => {
  const { folder, use, run, environment } = stage();
  await use(MOVIES, 5);
  const { SCHEMA_USAGE_REDIS_URL: url, SCHEMA_USAGE_NAMESPACE: namespace } = environment;
  const without = await run([], { SCHEMA_USAGE_NAMESPACE: namespace });
  expect(without).toMatchObject({ code: 1, error: expect.stringContaining('There is no usage store') });
  mkdirSync(join(folder, 'redis'));
  writeFileSync(join(folder, 'redis', 'url'), url);
  expect((await run([], { SCHEMA_USAGE_NAMESPACE: namespace })).out).toContain('5 requests');
});

test('an unreachable store, a damaged record and an invalid option each have an exit code and a message', async () => {
  const { redis, namespace, use, run } = stage();
  const dead = await run([], { SCHEMA_USAGE_REDIS_URL: 'redis://:secret@127.0.0.1:1' });
  expect(dead).toMatchObject({ code: 1, out: '' });
  expect(dead.error).toBe('The usage store at redis://127.0.0.1:1 cannot be read: connect ECONNREFUSED 127.0.0.1:1\n');
  await use(MOVIES, 5);
  await redis.hset(`${namespace}:schema-usage:2026-11-24:counts`, 'nonsense', 1);
  const damaged = await run();
  expect(damaged).toMatchObject({ code: 2, out: '' });
  expect(damaged.error).toContain(`${namespace}:schema-usage:2026-11-24:counts nonsense`);
  expect(await run(['--days', 'many'])).toMatchObject({ code: 3, error: expect.stringContaining('--days many') });
  expect(await run(['--nonsense'])).toMatchObject({ code: 3, error: expect.stringContaining('--nonsense') });
});

test('the command reads the schema and the clients of the repository', { timeout: 60_000 }, () => {
  const { url, namespace } = testRedis();
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { status, stdout } = spawnSync(execPath, ['--import', 'tsx', 'schema/src/usage-report/main.ts', '--json'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...env, SCHEMA_USAGE_REDIS_URL: url, SCHEMA_USAGE_NAMESPACE: namespace },
  });
  expect(status).toBe(0);
  const { unused } = JSON.parse(stdout);
  expect(unused).toContainEqual(
    expect.objectContaining({ coordinate: 'Query.nowShowing', registeredBy: ['storefront'] }),
  );
});
