import { openLog } from '@marquee/telemetry';
import { eventually, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import type { GatewayOptions } from '../../src/gateway-options.ts';
import { collect, newKeys, startGateway } from '../server/gateway-under-test.ts';

async function logged(options: Partial<GatewayOptions> = {}) {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const under = await startGateway({ log: openLog({ service: 'gateway', destination: { write } }), ...options });
  return {
    ...under,
    served: () => lines.filter(({ msg }) => msg === 'served'),
    events: (kind: string) => lines.filter(({ security }) => security === kind),
  };
}

test('the access log says who asked, from which network, and what became of it', async () => {
  const { ask, keys, client, served } = await logged({ settings: { trustedProxies: 1 } });
  const authorization = await keys.sign({ userId: 'usr_ann' });
  const from = { 'x-forwarded-for': '2001:db8:1:2:3:4:5:6' };
  const requests: [string, Record<string, string>, object][] = [
    ['{ shows { id } }', from, { caller: 'anonymous', verdict: 'served', network: '2001:db8:1:2::/64' }],
    ['{ mine { id } }', { authorization }, { caller: 'usr_ann', verdict: 'served', network: '127.0.0.1' }],
    ['{ secret }', {}, { caller: 'anonymous', verdict: 'denied', errors: ['UNAUTHORIZED_FIELD_OR_TYPE'] }],
    ['{ nothing }', {}, { caller: 'anonymous', verdict: 'refused' }],
    ['{ broken }', {}, { caller: 'anonymous', verdict: 'failed' }],
    ['{ shows { id } }', { authorization: 'Bearer nonsense' }, { verdict: 'denied', errors: ['UNAUTHENTICATED'] }],
  ];
  for (const [query, headers] of requests) await ask(query, { headers });
  await eventually(() => expect(served()).toMatchObject(requests.map(([, , line]) => line)));
  expect(served().at(-1)).not.toHaveProperty('caller');
  const socket = collect(client({ Authorization: authorization }), '{ mine { id } }');
  await eventually(() => expect(socket.events).toHaveLength(1));
  expect(served().at(-1)).toMatchObject({ transport: 'websocket', caller: 'usr_ann', network: '127.0.0.1' });
});

test('what a client chose cannot forge or hide part of a line', async () => {
  const { ask, served } = await logged();
  const headers = { 'apollographql-client-name': 'kiosk\u009b31m', 'apollographql-client-version': '1\u0085' };
  await ask('{ shows { id } }', { headers });
  await eventually(() => expect(served()).toMatchObject([{ client: 'kiosk\ufffd31m', clientVersion: '1\ufffd' }]));
});

test('denied fields and objects are security events, once a request, over HTTP and sockets', async () => {
  const { ask, client, events } = await logged({ settings: { accessLog: 'off' } });
  await ask('query Peek { secret shows { earnings } }');
  await ask('{ shows { id } }');
  collect(client(), 'query Spy { secret }');
  await eventually(() =>
    expect(events('access-denied')).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ operation: 'Peek', code: 'UNAUTHORIZED_FIELD_OR_TYPE', address: '127.0.0.1' }),
        expect.objectContaining({ operation: 'Spy', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) }),
      ]),
    ),
  );
  expect(events('access-denied').filter(({ operation }) => operation === 'Peek')).toHaveLength(1);
});

test('who leaves before the answer is logged, with what was denied', async () => {
  const { url, theatre, served, events } = await logged();
  const left = new AbortController();
  const body = JSON.stringify({ query: 'query Peek { secret slow(ms: 100) }' });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: left.signal };
  const asked = fetch(url, init).catch(() => 'left');
  await eventually(() => expect(theatre.log.requests).toHaveLength(1));
  left.abort();
  expect(await asked).toBe('left');
  await eventually(() =>
    expect(served()).toMatchObject([{ operation: 'Peek', caller: 'anonymous', verdict: 'denied', reason: 'client' }]),
  );
  expect(events('access-denied')).toMatchObject([{ operation: 'Peek', address: '127.0.0.1' }]);
});

test('a forged token and one of an ended session are security events, an expired one is not', async () => {
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  onTestFinished(() => redis.disconnect());
  const { ask, client, keys, events } = await logged({ redis, namespace });
  const forged = await (await newKeys()).sign({ userId: 'usr_ann' });
  const ended = await keys.sign({ userId: 'usr_ann', sessionId: 'ses_ended' });
  await redis.publish(
    `${namespace}:push:session-revoked`,
    JSON.stringify({ sessionId: 'ses_ended', until: Date.now() + 60_000 }),
  );
  await eventually(async () => {
    expect((await ask('{ mine { id } }', { headers: { authorization: ended } })).status).toBe(401);
  });
  for (const authorization of [forged, await keys.sign({ expiresIn: -1 })]) {
    await ask('{ mine { id } }', { headers: { authorization } });
    const attempt = collect(client({ Authorization: authorization }), '{ mine { id } }');
    await eventually(() => expect(attempt.end).toBeDefined());
  }
  expect(events('revoked-token-used')).toMatchObject([
    { userId: 'usr_ann', sessionId: 'ses_ended', address: '127.0.0.1' },
  ]);
  const invalid = events('invalid-token');
  expect(invalid.length).toBeGreaterThanOrEqual(2);
  for (const event of invalid)
    expect(event).toMatchObject({ address: '127.0.0.1', detail: expect.stringMatching(/^ERR_/) });
  expect(JSON.stringify(invalid)).not.toContain('usr_ann');
});

test('requests above a rate limit are security events that cannot fill the disk, and the metric counts all', async () => {
  const { ask, events, gateway } = await logged({ settings: { rateLimits: { perAnonymous: 1 } } });
  for (let sent = 0; sent < 40; sent += 1) await ask('{ shows { id } }');
  await eventually(async () => {
    const counted = /security_events_total\{kind="rate-limited"\} (\d+)/.exec(await gateway.metrics.metrics())?.[1];
    expect(Number(counted)).toBeGreaterThan(30);
  });
  expect(events('rate-limited')).toHaveLength(10);
});
