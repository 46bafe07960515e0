import { openLog } from '@marquee/telemetry';
import { serveSubgraph } from '@marquee/subgraph/server';
import { eventually, testRedis, testServiceKeys } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { Registry } from 'prom-client';
import { expect, onTestFinished, test } from 'vitest';
import { httpTransport } from '../../src/transports/http.ts';
import { collect, newKeys, startGateway } from '../server/gateway-under-test.ts';
import { type Theatre, theatre } from '../server/theatre.ts';
import { rawSocket } from './raw-socket.ts';

/** The theatre with each subgraph on a port, which verifies tokens again with the same clock. */
async function overHttp({ now = Date.now }: { now?: () => number } = {}) {
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  const backend = theatre();
  const keys = await newKeys();
  const identity = { jwks: () => keys.jwks };
  const services = testServiceKeys();
  const served = new Map(
    await Promise.all(
      Object.keys(backend.subgraphs).map(async (name) => {
        const subgraph = await serveSubgraph(asSubgraph(backend, name), {
          ...{ port: 0, redis, namespace, now, tokens: identity, metrics: new Registry() },
          serviceKeys: services.keys,
          log: openLog({ service: name, level: 'silent' }),
        });
        return [name, subgraph] as const;
      }),
    ),
  );
  const forwardedBy = services.signerOf('gateway', 'forward');
  const under = await startGateway({
    ...{ supergraph: { sdl: backend.sdl }, identity, redis, namespace, now },
    transportFor: (name) => httpTransport(name, { url: served.get(name)?.url ?? '', forwardedBy }),
    settings: { subscriptions: { tickMs: 5 } },
  });
  onTestFinished(async () => {
    await under.gateway.stop();
    await Promise.all([...served.values()].map((subgraph) => subgraph.stop()));
    redis.disconnect();
  });
  return { ...under, backend, keys, redis, namespace };
}

function asSubgraph({ subgraphs, schemas }: Theatre, name: string): Parameters<typeof serveSubgraph>[0] {
  const idle = async (): Promise<void> => {};
  const parts = { ...subgraphs[name], schema: schemas[name], typeDefs: '' };
  return { ...parts, start: idle, stop: idle, ready: idle, caughtUp: idle } as Parameters<typeof serveSubgraph>[0];
}

const STATUS = 'subscription { bookingStatusChanged(id: "b-ann") { booking { status show { title } } } }';
const turned = (status: string) => ({ booking: { id: 'b-ann', status, show: { id: 's1' } } });
const seen = (status: string) => ({
  data: { bookingStatusChanged: { booking: { status, show: { title: 'Hamlet' } } } },
});

test('events are hydrated with the renewed token once the first has expired', async () => {
  let now = Date.now();
  const under = await overHttp({ now: () => now });
  const socket = await rawSocket(under, { Authorization: await under.keys.sign({ expiresIn: 60 }) });
  socket.send({ type: 'subscribe', id: '1', payload: { query: STATUS } });
  await eventually(() => expect(under.backend.log.upstreams.get('booking:b-ann')).toBe(1));
  socket.send({ type: 'ping', payload: { Authorization: await under.keys.sign({ expiresIn: 600 }) } });
  await eventually(() => expect(socket.messages.at(-1)).toMatchObject({ type: 'pong', payload: { renewed: true } }));
  now += 61_000;
  under.backend.publish('booking:b-ann', turned('CONFIRMED'));
  const event = { id: '1', type: 'next', payload: seen('CONFIRMED') };
  await eventually(() => expect(socket.messages).toContainEqual(event));
  now += 600_000;
  expect(await socket.closed).toBe(4403);
  await eventually(() => expect(under.backend.log.upstreams.get('booking:b-ann')).toBe(0));
});

test('when two sessions of a user share an upstream, revoking one does not affect the other', async () => {
  const under = await overHttp();
  const [first, second] = [await under.keys.sign({ sessionId: 'one' }), await under.keys.sign({ sessionId: 'two' })];
  const stays = collect(under.client({ Authorization: first }), STATUS);
  await eventually(() => expect(under.backend.log.upstreams.get('booking:b-ann')).toBe(1));
  const goes = collect(under.client({ Authorization: second }), STATUS);
  await eventually(() => {
    under.backend.publish('booking:b-ann', turned('CONFIRMED'));
    expect(goes.events).toContainEqual(seen('CONFIRMED'));
  });
  const message = JSON.stringify({ sessionId: 'two', until: Date.now() + 60_000 });
  await under.redis.publish(`${under.namespace}:push:session-revoked`, message);
  await eventually(() => expect(goes.end).toBeDefined());
  under.backend.publish('booking:b-ann', turned('COMPLETED'));
  await eventually(() => expect(stays.events).toContainEqual(seen('COMPLETED')));
});

test('a subscription rejected by a subgraph has its error', async () => {
  const under = await overHttp();
  const eve = collect(under.client({ Authorization: await under.keys.sign({ userId: 'eve' }) }), STATUS);
  await eventually(() => expect(eve.events).toMatchObject([{ errors: [{ extensions: { code: 'FORBIDDEN' } }] }]));
});
