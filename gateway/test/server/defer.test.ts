import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';
import { allParts, APOLLO, partsOf, post, SEATS, TITLES, waitingTheatre, WHOLE } from './deferred.ts';
import { collect, startGateway } from './gateway-under-test.ts';

test("a deferred fragment is delivered in the format of Apollo's clients", async () => {
  const under = await startGateway();
  const response = await post(under, SEATS, { accept: APOLLO });
  expect(response.headers.get('content-type')).toBe('multipart/mixed;boundary="graphql";deferSpec=20220824');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const entry = (index: number) => ({ data: { available: 42 }, path: ['shows', index], label: 'seats' });
  const parts: unknown[] = [];
  for await (const part of partsOf(response)) parts.push(part);
  expect(parts).toEqual([
    { data: TITLES, hasNext: true },
    { incremental: [entry(0), entry(1)], hasNext: false },
  ]);
});

test("a deferred fragment is delivered in the format of the specification's draft", async () => {
  const pending = [0, 1].map((index) => ({ id: String(index), path: ['shows', index], label: 'seats' }));
  expect(await allParts(await startGateway(), SEATS)).toEqual([
    { data: TITLES, pending, hasNext: true },
    {
      incremental: pending.map(({ id }) => ({ data: { available: 42 }, id })),
      completed: pending.map(({ id }) => ({ id })),
      hasNext: false,
    },
  ]);
});

test('a field below another that was delivered has a subPath', async () => {
  const query = '{ shows(first: 1) { id } ... @defer { shows(first: 1) { available } } }';
  const [, second] = await allParts(await startGateway(), query);
  expect(second).toMatchObject({
    incremental: [{ id: '0', subPath: ['shows', 0], data: { available: 42 } }, { id: '0' }],
  });
});

test('the first part arrives while a deferred fetch is waiting', async () => {
  const backend = waitingTheatre();
  const parts = partsOf(await post(await startGateway({}, backend), SEATS));
  expect((await parts.next()).value).toMatchObject({ data: TITLES, hasNext: true });
  backend.open();
  expect((await parts.next()).value).toMatchObject({ completed: [{ id: '0' }, { id: '1' }], hasNext: false });
  expect((await parts.next()).done).toBe(true);
});

test('a client that does not accept parts gets the whole response at once, over any transport', async () => {
  const under = await startGateway();
  expect((await under.ask(SEATS)).body).toEqual({ data: WHOLE });
  expect((await under.ask(SEATS, { headers: { accept: 'application/json' } })).body).toEqual({ data: WHOLE });
  const onSocket = collect(under.client(), SEATS);
  await eventually(() => expect(onSocket.end).toBeDefined());
  expect(onSocket.events).toEqual([{ data: WHOLE }]);
  const events = await (await post(under, SEATS, { accept: 'text/event-stream' })).text();
  expect(events).toContain(`data: ${JSON.stringify({ data: WHOLE })}\n`);
});

test('without anything to defer, a response has one part or is a single one', async () => {
  const under = await startGateway();
  const off = 'query ($later: Boolean!) { shows { title ... @defer(if: $later) { available } } }';
  const sent = { body: { variables: { later: false } } };
  expect(await allParts(under, off, sent)).toEqual([{ data: WHOLE, hasNext: false }]);
  const plain = await post(under, '{ shows { title } }');
  expect(plain.headers.get('content-type')).toMatch('application/graphql-response+json');
});

test('an operation that is not executed has a single response with its status', async () => {
  const under = await startGateway();
  const invalid = await post(under, '{ shows { ... @defer { titel } } }');
  expect([invalid.status, invalid.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect(await invalid.json()).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
  const unsigned = await post(under, SEATS, { headers: { authorization: 'Bearer nonsense' } });
  expect(unsigned.status).toBe(401);
  const limited = await startGateway({ settings: { cost: { max: 5 } } });
  expect(await (await post(limited, SEATS)).json()).toMatchObject({
    errors: [{ extensions: { code: 'OPERATION_TOO_EXPENSIVE' } }],
  });
});

test('an unauthorised field is an error of the part that has it', async () => {
  const under = await startGateway();
  const query = '{ shows(first: 1) { title ... @defer { earnings } } secret }';
  const [first, second] = await allParts(under, query, { accept: APOLLO });
  expect(first).toMatchObject({ data: { secret: null }, errors: [{ path: ['secret'] }] });
  expect(second).toMatchObject({
    incremental: [
      {
        data: { earnings: null },
        errors: [{ path: ['shows', 'earnings'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
      },
      {},
    ],
  });
});

test('a persisted query may be deferred, over POST and GET', async () => {
  const under = await startGateway();
  const { createHash } = await import('node:crypto');
  const sha256Hash = createHash('sha256').update(SEATS).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const unknown = await post(under, '', { body: { query: undefined, extensions } });
  expect(await unknown.json()).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] });
  expect(await allParts(under, SEATS, { body: { extensions } })).toHaveLength(2);
  expect(await allParts(under, '', { body: { query: undefined, extensions } })).toHaveLength(2);
  const address = `${under.url}?extensions=${encodeURIComponent(JSON.stringify(extensions))}`;
  const parts: unknown[] = [];
  for await (const part of partsOf(await fetch(address, { headers: { accept: APOLLO } }))) parts.push(part);
  expect(parts).toHaveLength(2);
});
