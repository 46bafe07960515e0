import { expect, test } from 'vitest';

import { outcomeOf, played } from './played.ts';
import { type Checked, errorsOf, type RegistryCopy } from './registry-copy.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@shareable"])';
const SHOWS = 'type Query { show: Show } type Show @key(fields: "id") { id: ID! name: String }';
const WEATHER = `${LINK}
type Query {
  rain: Boolean
}
type Show @key(fields: "id") {
  id: ID!
  umbrella: Boolean
}`;
const URL = 'https://weather.example.com/graphql';
const FORECAST = 'query Forecast { show { name umbrella } }';
const CANDIDATE = ['--subgraph', 'weather', '--sdl', 'weather.graphql'];

/** A registry in which another repository published a subgraph that a client uses. */
async function withWeather(): Promise<RegistryCopy> {
  const copy = await played({ before: { shows: SHOWS } });
  copy.write('weather.graphql', WEATHER);
  const { code, text } = await copy.run('publish', ...CANDIDATE, '--url', URL);
  expect([code, text]).toEqual([0, expect.stringContaining('Published revision 2: weather.\n')]);
  copy.write('schema/clients/app/forecast.graphql', FORECAST);
  await copy.run('compose');
  expect((await copy.run('publish')).code).toBe(0);
  return copy;
}

async function checkOf(copy: RegistryCopy, ...args: string[]): Promise<Checked> {
  return copy.checkOnly(...(args.length > 0 ? args : CANDIDATE));
}

test('a subgraph of another repository is published, composed and compared like one of this', async () => {
  const copy = await withWeather();
  expect(JSON.parse(copy.read('schema/published/manifest.json'))).toMatchObject({
    revision: 2,
    subgraphs: { shows: expect.any(String), weather: expect.any(String) },
    external: { weather: { url: URL } },
  });
  expect(copy.read('schema/supergraph.graphql')).toContain(`@join__graph(name: "weather", url: "${URL}")`);
  expect(copy.read('schema/CHANGELOG.md')).toMatch(/## Revision 2 .*\n\nSubgraphs: weather\.\n/);
  expect(await copy.checkOnly()).toMatchObject({ exitCode: 0, changes: { api: [] } });
  expect((await copy.run('publish')).text).toBe('Nothing to publish: revision 2 is live.\n');
  copy.write('subgraphs/shows/schema.graphql', SHOWS.replace('type Show @key(fields: "id")', 'type Show'));
  expect((await copy.check()).exitCode).toBe(4);
});

test('a candidate is checked, and nothing is written', async () => {
  const copy = await withWeather();
  const [manifest, supergraph] = ['schema/published/manifest.json', 'schema/supergraph.graphql'].map((file) =>
    copy.read(file),
  );
  copy.write('weather.graphql', WEATHER.replace('  umbrella: Boolean\n', '  wind: Int\n'));
  const removed = await checkOf(copy);
  expect(outcomeOf(removed)).toEqual({
    code: 6,
    found: ['error breaking/field-removed Show.umbrella [weather]: app Forecast', 'error drift/operation-invalid'],
  });
  expect(errorsOf(removed)[0]?.location).toEqual({ file: 'weather.graphql', line: 5, column: 6 });
  expect((await copy.run('publish', ...CANDIDATE)).code).toBe(6);
  copy.write('weather.graphql', WEATHER.replace('umbrella', 'wind: Int umbrella'));
  expect(await checkOf(copy)).toMatchObject({ exitCode: 0, changes: { api: [{ coordinate: 'Show.wind' }] } });
  expect([copy.read('schema/published/manifest.json'), copy.read('schema/supergraph.graphql')]).toEqual([
    manifest,
    supergraph,
  ]);
});

test('SDL comes from standard input, and keeps the published URL', async () => {
  const copy = await withWeather();
  copy.stdin = WEATHER.replace('umbrella', 'wind: Int umbrella');
  const { text } = await copy.run('publish', '--subgraph', 'weather', '--sdl', '-');
  expect(text).toContain('Published revision 3: weather.\n');
  expect(copy.read('schema/supergraph.graphql')).toContain(`url: "${URL}"`);
  copy.stdin = `${WEATHER}\n}`;
  const broken = await copy.checkOnly('--subgraph', 'weather', '--sdl', '-');
  expect(broken).toMatchObject({ exitCode: 3, findings: [{ location: { file: 'standard input', line: 9 } }] });
});

test('a candidate is refused when it does not compose, or breaks a rule of ownership', async () => {
  const copy = await withWeather();
  copy.write('weather.graphql', WEATHER.replace('rain: Boolean', 'show: Int'));
  expect((await checkOf(copy)).exitCode).toBe(4);
  copy.write('weather.graphql', WEATHER.replace('umbrella: Boolean', 'umbrella: Boolean wind: Int!'));
  copy.config('owners: {}', 'owners: { Show: shows }');
  copy.config('cross-subgraph-nullable: off', 'cross-subgraph-nullable: error');
  expect(outcomeOf(await checkOf(copy))).toEqual({
    code: 11,
    found: ['error lint/cross-subgraph-nullable Show.wind [weather]'],
  });
});

test.each([
  [['--sdl', 'weather.graphql'], 'need --subgraph <name>'],
  [['--subgraph', 'weather'], 'needs either --sdl <file> or --delete'],
  [[...CANDIDATE, '--delete'], 'needs either --sdl <file> or --delete'],
  [['--subgraph', 'weather', '--sdl', 'nowhere.graphql'], '--sdl nowhere.graphql cannot be read'],
  [['--subgraph', '../weather', '--sdl', 'weather.graphql'], '--subgraph ../weather is no name'],
  [[...CANDIDATE, '--url', 'weather:4000'], '--url weather:4000 is no URL'],
  [[...CANDIDATE, '--url', 'http://shows:4000/graphql'], 'shows and weather have one URL: http://shows:4000/graphql'],
  [['--subgraph', 'shows', '--sdl', 'weather.graphql'], 'shows is a subgraph of this repository'],
  [['--subgraph', 'tides', '--delete'], 'tides is not published from another repository'],
])('%j is refused', async (args, message) => {
  const copy = await withWeather();
  expect(await checkOf(copy, ...args)).toMatchObject({
    exitCode: 2,
    findings: [{ message: expect.stringContaining(message) }],
  });
});

test('a subgraph is removed by its repository once nothing uses it', async () => {
  const copy = await withWeather();
  expect((await copy.run('publish', '--subgraph', 'weather', '--delete')).code).toBe(6);
  copy.write('schema/clients/app/forecast.graphql', 'query Forecast { show { name } }');
  copy.write(
    'schema/retired.yml',
    '- { client: app, operation: Forecast, lastDay: 2026-11-23, reason: nobody sends it }',
  );
  const { code, text } = await copy.run('publish', '--subgraph', 'weather', '--delete');
  expect([code, text]).toEqual([0, expect.stringContaining('Published revision 3: weather.\n')]);
  expect(copy.read('schema/supergraph.graphql')).not.toContain('weather');
  expect(copy.read('schema/published/manifest.json')).not.toContain('weather');
  expect((await copy.checkOnly()).exitCode).toBe(0);
});

test('a subgraph moves into this repository by its folder', async () => {
  const copy = await withWeather();
  copy.write('packages/subgraph/common.graphql', LINK);
  copy.write('subgraphs/weather/schema.graphql', WEATHER.replace(LINK, ''));
  expect((await copy.check()).exitCode).toBe(0);
  expect((await copy.run('publish')).code).toBe(0);
  expect(JSON.parse(copy.read('schema/published/manifest.json'))).not.toHaveProperty('external');
  expect(copy.read('schema/supergraph.graphql')).toContain('url: "http://weather:4000/graphql"');
});

test('publishing a candidate publishes nothing else of the working tree, nor what needs it', async () => {
  const copy = await withWeather();
  const ahead = SHOWS.replace('type Show', 'type Show @key(fields: "code")').replace(
    'name: String',
    'name: String code: ID!',
  );
  copy.write('subgraphs/shows/schema.graphql', ahead);
  await copy.run('compose');
  copy.write('weather.graphql', WEATHER.replace('umbrella', 'wind: Int umbrella'));
  expect((await copy.run('publish', ...CANDIDATE)).code).toBe(0);
  expect(copy.read('schema/published/shows.graphql')).not.toContain('code');
  expect(copy.read('schema/CHANGELOG.md')).toMatch(/Subgraphs: weather\.\n0 breaking, 0 dangerous and 1 safe changes/);
  copy.write('tides.graphql', `${LINK} type Show @key(fields: "code") { code: ID! tide: Int }`);
  const { code, text } = await copy.run('publish', '--subgraph', 'tides', '--sdl', 'tides.graphql', '--json');
  expect([code, text]).toEqual([4, expect.stringContaining('composition/satisfiability-error')]);
});
