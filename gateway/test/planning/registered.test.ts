import { eventually } from '@marquee/testkit';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/protection/persisted-queries.ts';
import { registeredOperations } from '../../src/protection/safelist.ts';
import { collect, send, startGateway } from '../server/gateway-under-test.ts';

const QUERY = 'query Shows($on: Boolean!) { shows { id ...Title @include(if: $on) } } fragment Title on Show { title }';
const REGISTERED = registeredOperations([parse(QUERY)]);
const LIMITED = { extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } };

/** A gateway that plans three unregistered operations a minute. */
function start(safelist: 'off' | 'enforce' = 'off') {
  const budget = { perCaller: 3, perNetwork: 3 };
  return startGateway({
    planning: 'its own',
    registeredOperations: REGISTERED,
    settings: { safelist, planning: { budget } },
  });
}

test('above the budget new operations are limited over HTTP and sockets, and known and registered ones run', async () => {
  const { ask, client } = await start();
  const known = '{ shows { available } }';
  for (const query of ['{ a: shows { id } }', '{ b: shows { id } }', known]) {
    expect((await ask(query)).status).toBe(200);
  }
  const { status, headers, body } = await ask('{ c: shows { id } }');
  expect([status, body.errors]).toEqual([429, [expect.objectContaining(LIMITED)]]);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  const socket = collect(client(), '{ d: shows { id } }');
  await eventually(() => expect(socket.end?.error).toMatchObject([LIMITED]));

  expect((await ask(` ${known}`)).status).toBe(200);
  for (const on of [true, false]) {
    const { body: data } = await ask(QUERY.replaceAll('Title', 'Renamed'), { variables: { on } });
    expect(data).toMatchObject({ data: { shows: [{ id: 's1', ...(on && { title: 'Hamlet' }) }, {}] } });
  }
  const withTypenames =
    'query Shows($on: Boolean!) { shows { id ...Title @include(if: $on) __typename } } fragment Title on Show { title __typename }';
  expect((await ask(withTypenames, { variables: { on: true } })).status).toBe(200);
});

test('control: __typename where no client library adds it is a new operation', async () => {
  const { ask } = await start();
  for (const field of ['a', 'b', 'c']) await ask(`{ ${field}: shows { id } }`);
  const query =
    'query Shows($on: Boolean!) { __typename shows { id ...Title @include(if: $on) } } fragment Title on Show { title }';
  expect((await ask(query, { variables: { on: true } })).body.errors).toMatchObject([LIMITED]);
});

test('under the safelist, and by hash, layout plans nothing anew', async () => {
  const { ask, url, gateway } = await start('enforce');
  await ask(QUERY, { variables: { on: true } });
  const { size } = gateway.engine.planCache();
  for (const text of [` ${QUERY}`, `# again\n${QUERY}`]) {
    expect((await ask(text, { variables: { on: true } })).status).toBe(200);
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(`${text}\n`) } };
    const persisting = { query: `${text}\n`, variables: { on: true }, extensions };
    const headers = { 'content-type': 'application/json' };
    expect((await send(url, { method: 'POST', headers, body: JSON.stringify(persisting) })).status).toBe(200);
  }
  expect(gateway.engine.planCache().size).toBe(size);
});
