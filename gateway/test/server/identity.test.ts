import { eventually, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { newKeys, startGateway } from './gateway-under-test.ts';

const MINE = '{ mine { id } }';

test('a valid token identifies its user to the subgraphs', async () => {
  const { ask, keys } = await startGateway();
  const { body } = await ask(MINE, { headers: { authorization: await keys.sign({ userId: 'eve' }) } });
  expect(body.data).toEqual({ mine: [{ id: 'b-eve' }] });
});

test('a malformed or expired token, or one of another issuer, fails the request with 401', async () => {
  const { ask, keys } = await startGateway();
  const stranger = await newKeys();
  const tokens = [
    'Bearer nonsense',
    'Basic YTpi',
    await keys.sign({ expiresIn: -1 }),
    await keys.sign({ issuer: 'somebody' }),
    await stranger.sign(),
    `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"ann","sid":"s","exp":9999999999}')}.`,
  ];
  for (const authorization of tokens) {
    const { status, body } = await ask('{ shows { id } }', { headers: { authorization } });
    expect([status, body.data, body.errors?.[0]?.extensions['code']]).toEqual([401, undefined, 'UNAUTHENTICATED']);
  }
});

test('a token that expires between two requests is rejected', async () => {
  let now = Date.now();
  const { ask, keys } = await startGateway({ now: () => now });
  const authorization = await keys.sign({ expiresIn: 60 });
  expect((await ask(MINE, { headers: { authorization } })).status).toBe(200);
  now = Date.now() + 61_000;
  expect((await ask(MINE, { headers: { authorization } })).status).toBe(401);
});

test('a token with a new key id reloads the signing keys', async () => {
  const [first, second] = [await newKeys('k1'), await newKeys('k2')];
  let jwks = first.jwks;
  let now = Date.now();
  const { ask } = await startGateway({ identity: { jwks: () => jwks }, now: () => now });
  expect((await ask(MINE, { headers: { authorization: await first.sign() } })).status).toBe(200);
  jwks = { keys: [...first.jwks.keys, ...second.jwks.keys] };
  now += 31_000;
  expect((await ask(MINE, { headers: { authorization: await second.sign() } })).status).toBe(200);
});

test('a token that cannot be verified without keys is a logged internal error', async () => {
  const reported: unknown[] = [];
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: (fields: unknown) => reported.push(fields) };
  const jwks = () => {
    throw new Error('connect ECONNREFUSED accounts:4001');
  };
  const { ask, keys } = await startGateway({ log, identity: { jwks } });
  const authorization = await keys.sign();
  const first = await ask('{ shows { id } }', { headers: { authorization } });
  expect((await ask('{ shows { id } }')).status).toBe(200);
  const known = await ask('{ shows { id } }', { headers: { authorization } });
  for (const { status, text, body } of [first, known]) {
    expect(status).toBe(500);
    expect(text).not.toContain('accounts');
    const { traceId } = body.errors?.[0]?.extensions ?? {};
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', traceId: expect.any(String) });
    expect(reported).toContainEqual(expect.objectContaining({ traceId, err: expect.any(Error) }));
  }
});

test('the signing keys are public', async () => {
  const { gateway, keys } = await startGateway();
  expect((await gateway.app.inject('/.well-known/jwks.json')).json()).toEqual(keys.jwks);
});

test('a session revoked before the gateway started is rejected', async () => {
  const { redis, namespace } = await connect();
  await redis.zadd(`${namespace}:revoked-sessions`, Date.now() + 60_000, 'ses-old', Date.now() - 1, 'ses-forgotten');
  const { ask, keys } = await startGateway({ redis, namespace });
  const statusOf = async (sessionId: string) =>
    (await ask(MINE, { headers: { authorization: await keys.sign({ sessionId }) } })).status;
  expect([await statusOf('ses-old'), await statusOf('ses-forgotten'), await statusOf('ses-other')]).toEqual([
    401, 200, 200,
  ]);
});

test('a revoked session is rejected from then on, and its sockets are closed', async () => {
  const { redis, namespace } = await connect();
  const { ask, keys, socketUrl } = await startGateway({ redis, namespace });
  const authorization = await keys.sign({ sessionId: 'ses-live' });
  expect((await ask(MINE, { headers: { authorization } })).status).toBe(200);
  const socket = new WebSocket(socketUrl, 'graphql-transport-ws');
  const closed = new Promise((resolve) => socket.on('close', resolve));
  await new Promise((resolve) => socket.on('open', resolve));
  socket.send(JSON.stringify({ type: 'connection_init', payload: { Authorization: authorization } }));
  await new Promise((resolve) => socket.once('message', resolve));

  const until = Date.now() + 60_000;
  await redis.publish(`${namespace}:push:session-revoked`, JSON.stringify({ sessionId: 'ses-live', until }));
  expect(await closed).toBe(4403);
  expect((await ask(MINE, { headers: { authorization } })).status).toBe(401);
});

test('sessions revoked while Redis was unreachable are rejected after the reconnect', async () => {
  const { redis, namespace } = await connect();
  const { ask, keys } = await startGateway({ redis, namespace });
  const authorization = await keys.sign({ sessionId: 'ses-missed' });
  await redis.zadd(`${namespace}:revoked-sessions`, Date.now() + 60_000, 'ses-missed');
  expect((await ask(MINE, { headers: { authorization } })).status).toBe(200);
  // The gateway's subscribed connection is cut, as by a network failure.
  const connections = String(await redis.client('LIST')).split('\n');
  const subscribed = connections.find((line) => line.includes(`name=${namespace}:revoked-sessions`));
  await redis.client('KILL', 'ID', Number(/^id=(\d+)/.exec(subscribed ?? '')?.[1]));
  await eventually(async () => expect((await ask(MINE, { headers: { authorization } })).status).toBe(401));
});

async function connect() {
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  onTestFinished(() => redis.disconnect());
  await redis.ping();
  return { redis, namespace };
}
