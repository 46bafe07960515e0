import type { Client } from 'graphql-ws';
import { expect, test } from 'vitest';

import { serve } from './served.ts';

const LISTED = 'query ($ids: [ID!], $code: String, $any: Anything) { listed(ids: $ids, code: $code, any: $any) }';

const REFUSED: [string, string, Record<string, unknown>, string][] = [
  ['a long list', LISTED, { ids: ['a', 'b', 'c'] }, 'ids'],
  ['a long list in the document', '{ listed(ids: ["a", "b", "c"]) }', {}, 'ids'],
  ['a long id', LISTED, { ids: ['a', 'x'.repeat(129)] }, 'ids.1'],
  ['a long string', LISTED, { code: '1234567' }, 'code'],
  ['a NUL', 'query ($of: String!) { text(of: $of) }', { of: 'a\0' }, 'of'],
  ['a lone surrogate in a custom scalar', LISTED, { any: { of: ['\udc00'] } }, 'any.of.0'],
  [
    'more representations than the gateway sends',
    'query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }',
    { of: Array.from({ length: 20_001 }, () => 0) },
    'of',
  ],
];

test.each(REFUSED)('%s is refused on the port and in process', async (_what, query, variables, field) => {
  const { ask, subgraph } = await serve();
  const refused = { errors: [{ extensions: { code: 'BAD_USER_INPUT', field } }] };
  expect(JSON.parse((await ask({ query, variables })).text)).toMatchObject(refused);
  expect(await subgraph.execute({ query, variables, caller: { kind: 'anonymous' } })).toMatchObject(refused);
});

test('what is at its maximum is executed', async () => {
  const { ask } = await serve();
  const variables = { ids: ['a', 'x'.repeat(128)], code: '123456', any: { of: ['fine'] } };
  expect(JSON.parse((await ask({ query: LISTED, variables })).text)).toEqual({ data: { listed: 2 } });
});

test('a subscription’s arguments are limited too', async () => {
  const { socket } = await serve();
  const [first] = await resultsOf(socket(), 'subscription ($of: String) { ticks(of: $of) }', { of: 'long' });
  expect(first).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT', field: 'of' } }] });
});

test.each([
  ['a variable', LISTED, { code: ['horse battery'] }],
  ['a variable of an unknown shape', LISTED, { ids: [{ horse: 'battery' }] }],
  ['a literal', '{ listed(code: [12345678]) }', {}],
  ['a literal of another kind', '{ listed(code: horse) }', {}],
  ['a document that does not parse', '{ listed(code "horse") }', {}],
])('no error quotes %s', async (_what, query, variables) => {
  const { ask } = await serve();
  const { text } = await ask({ query, variables });
  expect(text).toContain('BAD_USER_INPUT');
  expect(text).not.toMatch(/horse|battery|12345678/);
});

async function resultsOf(client: Client, query: string, variables: Record<string, unknown>): Promise<unknown[]> {
  const results: unknown[] = [];
  for await (const result of client.iterate({ query, variables })) results.push(result);
  return results;
}
