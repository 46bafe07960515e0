import { eventually } from '@marquee/testkit';
import { parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/protection/persisted-queries.ts';
import { registeredOperations } from '../../src/protection/safelist.ts';
import { rawSocket } from '../subscriptions/raw-socket.ts';
import { send, startGateway } from './gateway-under-test.ts';

const SHOWS = print(parse('query Shows($first: Int) { shows(first: $first) { id } }'));
const COUNTDOWN = print(parse('subscription Countdown { countdown(from: 1) }'));
const VIEW = print(parse('mutation View { addView(id: "s1") }'));
const HASH = sha256(SHOWS);
const UNKNOWN = `sha256:${sha256('unknown')}`;
const DATA = { shows: [{ id: 's1' }, { id: 's2' }] };

/** A gateway that runs registered operations only. */
function enforcing() {
  const registeredDocuments = registeredOperations([SHOWS, COUNTDOWN, VIEW].map((text) => parse(text)));
  return startGateway({ registeredOperations: registeredDocuments, settings: { safelist: 'enforce' } });
}

function post(url: string, body: object, headers = {}) {
  return send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

function get(url: string, documentId: string, headers = {}) {
  return send(`${url}?documentId=${documentId}`, {
    headers: { accept: 'application/graphql-response+json', ...headers },
  });
}

const codeOf = ({ body }: Awaited<ReturnType<typeof send>>) => body.errors?.[0]?.extensions['code'];

test.each([`sha256:${HASH}`, HASH])('a registered operation runs by the documentId %s', async (documentId) => {
  const { url } = await enforcing();
  // The second is compiled already.
  for (const _ of [1, 2]) {
    expect((await post(url, { documentId, variables: { first: 2 }, operationName: 'Shows' })).body).toEqual({
      data: DATA,
    });
  }
  expect((await post(url, [{ documentId }])).body).toEqual([{ data: DATA }]);
  expect((await post(url, { documentId, query: '' })).body).toEqual({ data: DATA });
  expect((await get(url, documentId)).body).toEqual({ data: DATA });
});

test('an automatic persisted query runs by its documentId', async () => {
  const { url } = await startGateway();
  const query = '{ shows { title } }';
  await post(url, { query, extensions: { persistedQuery: { version: 1, sha256Hash: sha256(query) } } });
  const { body } = await post(url, { documentId: `sha256:${sha256(query)}` });
  expect(body.data).toEqual({ shows: [{ title: 'Hamlet' }, { title: 'Faust' }] });
});

test('a mutation by its documentId is rejected over GET', async () => {
  const { url } = await enforcing();
  expect((await get(url, `sha256:${sha256(VIEW)}`)).status).toBe(405);
  expect((await post(url, { documentId: `sha256:${sha256(VIEW)}` })).body.data).toEqual({ addView: 1 });
});

test.each([
  ['an unknown document', { documentId: UNKNOWN }, 200, 'PERSISTED_QUERY_NOT_FOUND'],
  ['an identifier of another kind', { documentId: 'x-md5:1' }, 200, 'PERSISTED_QUERY_NOT_FOUND'],
  ['the name of a prototype’s property', { documentId: 'constructor' }, 200, 'PERSISTED_QUERY_NOT_FOUND'],
  ['an identifier that is no string', { documentId: 1 }, 400, 'BAD_USER_INPUT'],
  ['an identifier beside a query', { documentId: HASH, query: '{ shows { id } }' }, 400, 'BAD_USER_INPUT'],
])('%s is answered with its code over HTTP', async (_name, body, status, code) => {
  const { url } = await startGateway();
  const reply = await post(url, body);
  expect([reply.status, codeOf(reply)]).toEqual([status, code]);
});

test('without persisted queries the answer is PERSISTED_QUERY_NOT_SUPPORTED', async () => {
  const { url } = await startGateway({ settings: { persistedQueries: false } });
  expect(codeOf(await post(url, { documentId: UNKNOWN }))).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
});

test('event streams and multipart responses run documents too', async () => {
  const { url } = await enforcing();
  const documentId = `sha256:${sha256(COUNTDOWN)}`;
  for (const accept of ['text/event-stream', 'multipart/mixed;subscriptionSpec=1.0, application/json']) {
    expect((await post(url, { documentId }, { accept })).text).toContain('{"data":{"countdown":1}}');
    expect((await get(url, documentId, { accept })).text).toContain('{"data":{"countdown":1}}');
  }
  expect((await get(url, UNKNOWN, { accept: 'text/event-stream' })).text).toContain('PERSISTED_QUERY_NOT_FOUND');
});

test('over a socket a document runs without its text, and an unknown one is an error of its operation', async () => {
  const socket = await rawSocket(await enforcing());
  const subscribe = (id: string, payload: object) => socket.send({ type: 'subscribe', id, payload });
  const persistedQuery = { version: 1, sha256Hash: sha256('unknown') };
  subscribe('unknown', { documentId: UNKNOWN });
  subscribe('unknown hash', { extensions: { persistedQuery } });
  subscribe('nothing', {});
  subscribe('no string', { documentId: 1 });
  subscribe('known', { documentId: `sha256:${sha256(COUNTDOWN)}` });
  subscribe('known hash', { extensions: { persistedQuery: { version: 1, sha256Hash: HASH } } });
  const error = (id: string, code: string) => ({ id, type: 'error', payload: [{ extensions: { code } }] });
  const next = (id: string, data: object) => ({ id, type: 'next', payload: { data } });
  const expected = [
    error('unknown', 'PERSISTED_QUERY_NOT_FOUND'),
    error('unknown hash', 'PERSISTED_QUERY_NOT_FOUND'),
    error('nothing', 'BAD_USER_INPUT'),
    error('no string', 'BAD_USER_INPUT'),
    next('known', { countdown: 1 }),
    next('known hash', DATA),
  ];
  for (const message of expected) {
    await eventually(() => expect(socket.messages).toContainEqual(expect.objectContaining({ id: message.id })));
    expect(socket.messages.find(({ id }) => id === message.id)).toMatchObject(message);
  }
});
