import { openRedis } from '@marquee/redis';
import { databaseOutage, dedicatedRedis } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { MAX_CANDIDATES } from '../src/domain/search.ts';
import { ANYBODY, openSearch, SEARCH, SUGGEST } from './harness.ts';

const refusing = { query: () => Promise.reject(new Error('is away')) };
const harness = await openSearch({ calls: refusing, start: false });
const { add, execute, ids, search, statements, suggest } = harness;

await add(
  { id: 'ttl_1', name: 'Fargo', people: ['Joel Coen'], genres: ['Crime'] },
  { id: 'ttl_2', name: 'The Big Lebowski', people: ['Joel Coen'], genres: ['Comedy'] },
);

/** Each must be answered, and must find nothing or something sensible. */
const HOSTILE = [
  ...[
    "'",
    "''",
    '\\',
    "fargo' & !('x",
    'fargo & !coen',
    'fargo:*A',
    '(((',
    '<->',
    ':*',
    '&|!',
    '"fargo"',
    '%',
    '_',
    '%%%',
  ],
  ...['a'.repeat(200), 'a '.repeat(100), 'ß'.repeat(200), '\u0301'.repeat(200), `f${'\u0301'.repeat(199)}`],
  ...['­\u200b\u200d', '-'.repeat(200), 'a-'.repeat(100), "a'".repeat(100), 'ﷺ'.repeat(200), '𝒳'.repeat(100), '\t\n'],
  ...["'; DROP TABLE documents; --", '$1', '{}', 'kind=movie', 'language=english'],
];

test.each(HOSTILE)('%j is a text like any other', async (text) => {
  const { totalCount } = await search({ text });
  expect(totalCount).toBeLessThanOrEqual(2);
  expect(Array.isArray(await suggest(text.slice(0, 100)))).toBe(true);
});

test('no operator works: a word that is not there excludes nothing, and none finds what it excludes', async () => {
  expect(await ids({ text: 'fargo & !coen' })).toEqual(['ttl_1']);
  expect(await ids({ text: '!fargo' })).toEqual(['ttl_1']);
  expect(await ids({ text: 'kind=movie' })).toEqual([]);
});

test.each([
  [{ text: 'a', first: 101 }, 'first'],
  [{ text: 'a', first: -1 }, 'first'],
  [{ text: 'a', after: 'nonsense' }, 'after'],
  [{ text: 'a', after: Buffer.from('["1e999","x","2027-01-01T00:00:00.000Z"]').toString('base64url') }, 'after'],
  [{ text: 'a', after: Buffer.from('[1,"x","yesterday"]').toString('base64url') }, 'after'],
  [{ text: 'a', filter: { near: { latitude: 100, longitude: 0 } } }, 'filter.near.latitude'],
  [{ text: 'a', filter: { withinKilometres: 3 } }, 'filter.near'],
])('%j is refused, and names %s', async (variables, field) => {
  const { errors } = await execute(SEARCH, ANYBODY, variables);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
});

test('a search takes two statements, one with a misspelling four at most, whatever it finds', async () => {
  for (let each = 0; each < 30; each += 1)
    await add({ id: `ttl_many_${each}`, name: `Many ${each}`, people: ['Joel Coen'] });
  const count = async (text: string) => (await statements.during(() => search({ text, first: 30 }))).length;
  expect([await count('many'), await count('')]).toEqual([2, 2]);
  expect(await count('farrgo')).toBeLessThanOrEqual(4);
  expect(await count('nothing of it')).toBeLessThanOrEqual(5);
  expect((await statements.during(() => execute(SUGGEST, ANYBODY, { prefix: 'joel c' }))).length).toBe(2);
});

test('more matches than are ranked are counted as that many', async () => {
  const crowd = Array.from({ length: MAX_CANDIDATES + 1 }, (_each, index) => ({
    id: `ttl_crowd_${index}`,
    name: 'Crowd',
  }));
  await add(...crowd);
  expect((await search({ text: 'crowd' })).totalCount).toBe(MAX_CANDIDATES);
});

test('it answers while catalog and ratings are away', async () => {
  expect(await ids({ text: 'lebowski' })).toEqual(['ttl_2']);
});

test('it answers while Redis is away, and after it has come back', async () => {
  const server = await dedicatedRedis(false);
  const cache = openRedis(server.url, { onError: () => undefined });
  const { add: addThere, ids: idsThere } = await openSearch({ cache, start: false });
  await addThere({ id: 'ttl_1', name: 'Fargo' });
  expect(await idsThere({ text: 'fargo' })).toEqual(['ttl_1']);
  await server.kill();
  expect(await idsThere({ text: 'fargo' })).toEqual(['ttl_1']);
  expect(await idsThere({ text: 'farg' })).toEqual(['ttl_1']);
  await server.start();
  expect(await idsThere({ text: 'far' })).toEqual(['ttl_1']);
  cache.disconnect();
});

test('while the database is away, what was answered is answered, and nothing else', async () => {
  const before = await search({ text: 'fargo' });
  const end = await databaseOutage({ url: harness.databaseUrl });
  expect(await search({ text: 'fargo' })).toEqual(before);
  const { errors } = await execute(SEARCH, ANYBODY, { text: 'never asked' });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  await end();
  expect(await ids({ text: 'never asked' })).toEqual([]);
});
