import { expect, test } from 'vitest';
import { startGateway } from './gateway-under-test.ts';

const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];
/** The body parser refuses JSON with the key `__proto__`. */
const VARIABLES = NAMES.filter((name) => name !== '__proto__');

const TITLES = ['Hamlet', 'Faust'];

function object(name: string, value: unknown): Record<string, unknown> {
  return JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`) as Record<string, unknown>;
}

test.each(NAMES)('an alias, an operation and a fragment may be named %s', async (name) => {
  const { ask } = await startGateway();
  const query = `query ${name} { ${name}: shows { ...${name} } } fragment ${name} on Show { ${name}: title }`;
  const { body } = await ask(query);
  const titles = TITLES.map((title) => object(name, title));
  expect(JSON.stringify(body)).toBe(JSON.stringify({ data: object(name, titles) }));
});

test.each(VARIABLES)('a variable and a condition may be named %s', async (name) => {
  const { ask } = await startGateway();
  const query = `query ($${name}: Boolean = false) { shows { title @include(if: $${name}) __typename } }`;
  const [shown, hidden] = [true, false].map((isShown) => ({
    data: { shows: TITLES.map((title) => ({ ...(isShown && { title }), __typename: 'Show' })) },
  }));
  expect((await ask(query)).body).toEqual(hidden);
  expect((await ask(query, { variables: object(name, true) })).body).toEqual(shown);
});

test.each(NAMES)('%s names no operation, type, field or argument that is not there', async (name) => {
  const { ask, url } = await startGateway();
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ query: 'query A { shows { id } } query B { shows { id } }', operationName: name });
  const response = await fetch(url, { method: 'POST', headers, body });
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
  ]);
  for (const query of [`{ ${name} }`, `{ shows { ... on ${name} { id } } }`, `{ shows(${name}: 1) { id } }`]) {
    expect((await ask(query)).body.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  }
});

test.each(NAMES)('a client named %s is a client like others', async (name) => {
  const { ask } = await startGateway();
  const headers = { 'apollographql-client-name': name, 'apollographql-client-version': name };
  expect((await ask('{ shows { id } }', { headers })).status).toBe(200);
});
