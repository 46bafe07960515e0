import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';
import { SubgraphUnavailableError } from '../../src/transports/subgraph-transport.ts';
import { collect, startGateway } from '../server/gateway-under-test.ts';
import { type InProcessSubgraph, inProcessTransport } from '../../src/transports/in-process.ts';
import { theatre } from '../server/theatre.ts';

const SEAT_MAP = 'subscription { seatMapChanged(showId: "s1") { version show { title } } }';

test('a lost upstream is found again, and the next event says that others may be missing', async () => {
  const under = await startGateway({ settings: { subscriptions: { reconnectDelayMs: 10 } } });
  const subscription = collect(under.client(), SEAT_MAP);
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  under.theatre.publish('seats:s1', { version: 1, show: { id: 's1' } });
  await eventually(() => expect(subscription.events.length).toBe(1));
  const asked = under.theatre.log.requests.length;
  under.theatre.breakUpstreams(new SubgraphUnavailableError('booking'));
  await eventually(() => expect(under.theatre.log.requests.length).toBeGreaterThan(asked));
  await eventually(() => {
    under.theatre.publish('seats:s1', { version: 2, show: { id: 's1' } });
    expect(subscription.events.length).toBeGreaterThan(1);
  });
  expect(subscription.events[1]).toMatchObject({
    data: { seatMapChanged: { version: 2 } },
    extensions: { gap: { reason: 'UPSTREAM_RECONNECTED' } },
  });
  under.theatre.publish('seats:s1', { version: 3, show: { id: 's1' } });
  await eventually(() =>
    expect(subscription.events.at(-1)).toMatchObject({ data: { seatMapChanged: { version: 3 } } }),
  );
  expect(subscription.events.at(-1)).not.toHaveProperty('extensions');
});

test('a quiet upstream that is lost is found again as well, however long that takes', async () => {
  const stage = theatre();
  let isAway = false;
  let refused = 0;
  const under = await startGateway(
    {
      transportFor: (name) => {
        const transport = inProcessTransport(stage.subgraphs[name] as InProcessSubgraph);
        const subscribe: typeof transport.subscribe = async (...fetch) => {
          if (!isAway) return transport.subscribe(...fetch);
          refused++;
          throw new SubgraphUnavailableError(name);
        };
        return { ...transport, subscribe };
      },
      settings: { subscriptions: { reconnectDelayMs: 10, reconnectMaxDelayMs: 20, connectForMs: 0 } },
    },
    stage,
  );
  const subscription = collect(under.client(), SEAT_MAP);
  await eventually(() => expect(stage.log.upstreams.get('seats:s1')).toBe(1));
  isAway = true;
  stage.breakUpstreams(new SubgraphUnavailableError('booking'));
  await eventually(() => expect(refused).toBeGreaterThan(2));
  isAway = false;
  await eventually(() => {
    stage.publish('seats:s1', { version: 2, show: { id: 's1' } });
    expect(subscription.events.length).toBeGreaterThan(0);
  });
  expect(subscription.events[0]).toMatchObject({ extensions: { gap: { reason: 'UPSTREAM_RECONNECTED' } } });
  expect(subscription.end).toBeUndefined();
});

test('events from before an upstream was lost come without a gap, the first one after it with it', async () => {
  const stage = theatre();
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let asked = 0;
  const under = await startGateway(
    {
      transportFor: (name) => {
        const transport = inProcessTransport(stage.subgraphs[name] as InProcessSubgraph);
        const execute: typeof transport.execute = async (...fetch) => {
          asked++;
          await held;
          return transport.execute(...fetch);
        };
        return { ...transport, execute };
      },
      settings: { subscriptions: { reconnectDelayMs: 1 } },
    },
    stage,
  );
  const subscription = collect(under.client(), SEAT_MAP);
  await eventually(() => expect(stage.log.upstreams.get('seats:s1')).toBe(1));
  for (const version of [1, 2]) stage.publish('seats:s1', { version, show: { id: 's1' } });
  await eventually(() => expect(asked).toBe(1));
  const opened = stage.log.requests.length;
  stage.breakUpstreams(new SubgraphUnavailableError('booking'));
  await eventually(() => expect(stage.log.requests.length).toBeGreaterThan(opened));
  release();
  await eventually(() => expect(subscription.events.length).toBe(2));
  stage.publish('seats:s1', { version: 3, show: { id: 's1' } });
  await eventually(() => expect(subscription.events.length).toBe(3));
  expect(subscription.events.map(({ extensions }) => extensions)).toEqual([
    undefined,
    undefined,
    { gap: { reason: 'UPSTREAM_RECONNECTED' } },
  ]);
});

test('an upstream that is not found again ends its subscriptions with SUBGRAPH_UNAVAILABLE', async () => {
  const stage = theatre();
  const unreachable = new SubgraphUnavailableError('booking');
  const under = await startGateway({
    supergraph: { sdl: stage.sdl },
    transportFor: () => ({ execute: () => Promise.reject(unreachable), subscribe: () => Promise.reject(unreachable) }),
    settings: { subscriptions: { reconnectDelayMs: 5, connectForMs: 20 } },
  });
  const subscription = collect(under.client(), SEAT_MAP);
  await eventually(() =>
    expect(subscription.end?.error).toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'booking' } },
    ]),
  );
});
