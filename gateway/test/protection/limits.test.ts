import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, parseWithinLimits } from '../../src/protection/limits.ts';
import { measureOperation } from '../../src/protection/measure.ts';
import { collect, send, startGateway } from '../server/gateway-under-test.ts';
import { eventually } from '@marquee/testkit';

const measure = (text: string) => measureOperation(parse(text));

test('fragments count towards depth, aliases and fields', () => {
  expect(measure('{ a { b { c } } x: a { b { d: c } } }')).toEqual({
    depth: 3,
    aliases: 2,
    rootFields: 2,
    fields: 6,
    defers: 0,
  });
  expect(measure('{ ...F ...F } fragment F on Query { x: a { ... on A { ...G } } } fragment G on A { y: b }')).toEqual({
    depth: 2,
    aliases: 4,
    rootFields: 2,
    fields: 4,
    defers: 0,
  });
});

test('the largest operation counts, and introspection by its root fields, not by its depth', () => {
  expect(measure('query A { a } query B { a { b } }').depth).toBe(2);
  const introspection = measure('{ __schema { types { fields { type { ofType { ofType { name } } } } } } a }');
  expect(introspection).toMatchObject({ depth: 1, rootFields: 2 });
});

test('cyclic fragments are measured quickly', () => {
  expect(measure('{ ...A } fragment A on Query { a ...B } fragment B on Query { b ...A }').rootFields).toBeGreaterThan(
    0,
  );
});

test('fragments that double at each level are counted without being expanded', () => {
  const levels = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`);
  const { aliases } = measure(`{ ...F0 } ${levels.join(' ')} fragment F60 on Query { x: a }`);
  expect(aliases).toBe(2 ** 60);
});

test.each([
  ['maxCharacters', ' '.repeat(100)],
  ['maxTokens', '{ a b c d e f g h i j k l m n o p q }'],
  ['maxDepth', '{ a { b { c { d } } } }'],
  ['maxDepth', '{ a(b: [[[{ c: 1 }]]]) }'],
  ['maxAliases', '{ a: x b: x c: x }'],
  ['maxRootFields', '{ a b c d }'],
  ['maxFields', '{ a { b c d e } }'],
  ['maxDefers', '{ ... @defer { a } ... @defer { b } }'],
  ['maxDefers', '{ ...F ...F } fragment F on A { ... @defer { a } }'],
])('an operation above %s is too large', (limit, query) => {
  const limits = {
    maxCharacters: 60,
    maxTokens: 18,
    maxDepth: 3,
    maxAliases: 2,
    maxRootFields: 3,
    maxFields: 4,
    maxDefers: 1,
    maxValues: 1,
    maxBatch: 1,
  };
  expect(() => parseWithinLimits(query, limits)).toThrow(
    expect.objectContaining({ extensions: expect.objectContaining({ code: 'OPERATION_TOO_LARGE', limit }) }),
  );
});

/** Each level spreads the next twice, under opposite conditions, so that all paths to a field differ. */
function doubling(levels: number): string {
  const names = Array.from({ length: levels }, (_, n) => n);
  const fragments = names.map(
    (n) => `fragment F${n} on Show { ...F${n + 1} @include(if: $v${n}) ...F${n + 1} @skip(if: $v${n}) }`,
  );
  const variables = names.map((n) => `$v${n}: Boolean = true`).join(' ');
  return `query (${variables}) { shows(first: 1) { ...F0 } } ${fragments.join(' ')} fragment F${levels} on Show { id }`;
}

const TOO_LARGE: [string, string][] = [
  ['characters', `{ shows { id } } #${'x'.repeat(DEFAULT_LIMITS.maxCharacters)}`],
  ['tokens', `{ shows { ${'id '.repeat(DEFAULT_LIMITS.maxTokens)} } }`],
  ['aliases', `{ shows { ${Array.from({ length: 51 }, (_, n) => `a${n}: id`).join(' ')} } }`],
  ['fields', `{ shows { ${'id '.repeat(1_000)} } }`],
  ['fields of fragments', doubling(30)],
  ['root fields', `{ ${'shows { id } '.repeat(21)} }`],
  ['nested lists', `{ shows(a: ${'['.repeat(5_000)}${']'.repeat(5_000)}) { id } }`],
];

test.each(TOO_LARGE)('too many %s are rejected over HTTP and sockets', async (_name, query) => {
  const { ask, client } = await startGateway();
  const { status, body } = await ask(query);
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([413, 'OPERATION_TOO_LARGE']);
  const over = collect(client(), query);
  await eventually(() => expect(over.end?.error).toMatchObject([{ extensions: { code: 'OPERATION_TOO_LARGE' } }]));
});

test.each([
  ['a list', { a: Array(20_000).fill(1) }],
  ['an object', { a: Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`f${n}`, n])) }],
  [
    'variables that the operation does not have',
    Object.fromEntries(Array.from({ length: 20_001 }, (_, n) => [`f${n}`, n])),
  ],
  ['lists in lists', { a: Array.from({ length: 200 }, () => Array(100).fill(1)) }],
])('more than 20,000 values in %s are rejected', async (_what, variables) => {
  const { ask } = await startGateway();
  const { status, body } = await ask('{ shows { id } }', { variables });
  expect([status, body.errors?.[0]?.extensions]).toMatchObject([
    413,
    { code: 'OPERATION_TOO_LARGE', limit: 'maxValues' },
  ]);
  expect((await ask('{ shows { id } }', { variables: { a: Array(19_000).fill(1) } })).status).toBe(200);
});

test('a batch is limited', async () => {
  const { url } = await startGateway();
  const operations = Array.from({ length: DEFAULT_LIMITS.maxBatch + 1 }, () => ({ query: '{ shows { id } }' }));
  const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const rejected = await send(url, { ...init, body: JSON.stringify(operations) });
  expect([rejected.status, rejected.body.errors?.[0]?.extensions['code']]).toEqual([413, 'OPERATION_TOO_LARGE']);
  expect((await send(url, { ...init, body: JSON.stringify(operations.slice(1)) })).status).toBe(200);
});

test('large documents are evicted before they fill the memory', async () => {
  const { ask, gateway } = await startGateway({ settings: { rateLimits: false } });
  const respelled = (n: number) => `{ shows { id } } #${n}${'x'.repeat(60_000)}`;
  const distinct = (n: number) => `{ a${n}${'x'.repeat(60_000)}: shows { id } }`;
  for (const query of [respelled, distinct]) {
    for (let n = 0; n < 40; n++) expect((await ask(query(n))).status).toBe(200);
    const { engine } = gateway;
    const known = Array.from({ length: 40 }, (_, n) => engine.current().known(query(n), null)).filter(Boolean);
    expect([known.length, engine.planCache().size].map((count) => count < 20)).toEqual([true, true]);
  }
});
