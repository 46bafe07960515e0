import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';
import { PushedEvents } from '../../src/transports/pushed-events.ts';
import {
  type Resume,
  type SubgraphResponse,
  SubgraphUnavailableError,
} from '../../src/transports/subgraph-transport.ts';
import { collect, startGateway } from '../server/gateway-under-test.ts';
import { type InProcessSubgraph, inProcessTransport } from '../../src/transports/in-process.ts';
import { theatre } from '../server/theatre.ts';

const SEAT_MAP = 'subscription { seatMapChanged(showId: "s1") { version show { title } } }';

test('a lost upstream is reconnected, and the next event has a gap', async () => {
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

test('a lost upstream without events is reconnected as well, however long it takes', async () => {
  const backend = theatre();
  let isAway = false;
  let rejected = 0;
  const under = await startGateway(
    {
      transportFor: (name) => {
        const transport = inProcessTransport(backend.subgraphs[name] as InProcessSubgraph);
        const subscribe: typeof transport.subscribe = async (...fetch) => {
          if (!isAway) return transport.subscribe(...fetch);
          rejected++;
          throw new SubgraphUnavailableError(name);
        };
        return { ...transport, subscribe };
      },
      settings: { subscriptions: { reconnectDelayMs: 10, reconnectMaxDelayMs: 20, connectForMs: 0 } },
    },
    backend,
  );
  const subscription = collect(under.client(), SEAT_MAP);
  await eventually(() => expect(backend.log.upstreams.get('seats:s1')).toBe(1));
  isAway = true;
  backend.breakUpstreams(new SubgraphUnavailableError('booking'));
  await eventually(() => expect(rejected).toBeGreaterThan(2));
  isAway = false;
  await eventually(() => {
    backend.publish('seats:s1', { version: 2, show: { id: 's1' } });
    expect(subscription.events.length).toBeGreaterThan(0);
  });
  expect(subscription.events[0]).toMatchObject({ extensions: { gap: { reason: 'UPSTREAM_RECONNECTED' } } });
  expect(subscription.end).toBeUndefined();
});

test('events from before the loss have no gap, the first one after it has', async () => {
  const backend = theatre();
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let asked = 0;
  const under = await startGateway(
    {
      transportFor: (name) => {
        const transport = inProcessTransport(backend.subgraphs[name] as InProcessSubgraph);
        const execute: typeof transport.execute = async (...fetch) => {
          asked++;
          await held;
          return transport.execute(...fetch);
        };
        return { ...transport, execute };
      },
      settings: { subscriptions: { reconnectDelayMs: 1 } },
    },
    backend,
  );
  const subscription = collect(under.client(), SEAT_MAP);
  await eventually(() => expect(backend.log.upstreams.get('seats:s1')).toBe(1));
  for (const version of [1, 2]) backend.publish('seats:s1', { version, show: { id: 's1' } });
  await eventually(() => expect(asked).toBe(1));
  const opened = backend.log.requests.length;
  backend.breakUpstreams(new SubgraphUnavailableError('booking'));
  await eventually(() => expect(backend.log.requests.length).toBeGreaterThan(opened));
  release();
  await eventually(() => expect(subscription.events.length).toBe(2));
  backend.publish('seats:s1', { version: 3, show: { id: 's1' } });
  await eventually(() => expect(subscription.events.length).toBe(3));
  expect(subscription.events.map(({ extensions }) => extensions)).toEqual([
    undefined,
    undefined,
    { gap: { reason: 'UPSTREAM_RECONNECTED' } },
  ]);
});

test('an upstream that cannot reconnect ends its subscriptions with SUBGRAPH_UNAVAILABLE', async () => {
  const backend = theatre();
  const unreachable = new SubgraphUnavailableError('booking');
  const under = await startGateway({
    supergraph: { sdl: backend.sdl },
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

/** A subscription to the seat map whose upstreams the test feeds. */
async function fedByTest() {
  const backend = theatre();
  const opened: { readonly resume: Resume | undefined; readonly events: PushedEvents<SubgraphResponse> }[] = [];
  /** Upstreams that the gateway has closed. */
  const left: PushedEvents<SubgraphResponse>[] = [];
  const under = await startGateway(
    {
      transportFor: (name) => ({
        ...inProcessTransport(backend.subgraphs[name] as InProcessSubgraph),
        subscribe: async ({ resume }) => {
          const events: PushedEvents<SubgraphResponse> = new PushedEvents(() => left.push(events));
          opened.push({ resume, events });
          return events;
        },
      }),
      settings: { subscriptions: { reconnectDelayMs: 1 } },
    },
    backend,
  );
  const { events } = collect(under.client(), SEAT_MAP);
  const upstream = (index: number) =>
    eventually(() => {
      const found = opened[index];
      if (!found) throw new Error(`upstream ${index} is not open`);
      return found;
    });
  return { events, upstream, left };
}

const seatMap = (version: number, extensions = {}): SubgraphResponse => ({
  data: { seatMapChanged: { version, show: { __typename: 'Show', id: 's1' } } },
  extensions: { version, ...extensions },
});

test('a reopened upstream is told the last version, and decides itself whether something was missed', async () => {
  const { events, upstream } = await fedByTest();
  const lost = { error: new SubgraphUnavailableError('booking') };
  const first = await upstream(0);
  expect(first.resume).toEqual({});
  first.events.push({ extensions: { version: 6 } });
  first.events.push(seatMap(7));
  await eventually(() => expect(events.length).toBe(1));
  first.events.finish(lost);

  const second = await upstream(1);
  expect(second.resume).toEqual({ after: 7 });
  second.events.push({ extensions: { version: 7 } });
  second.events.push(seatMap(8));
  await eventually(() => expect(events.length).toBe(2));
  expect(events[1]).not.toHaveProperty('extensions');
  second.events.finish(lost);

  const third = await upstream(2);
  third.events.push({ extensions: { version: 8 } });
  third.events.push(seatMap(11, { gap: true }));
  await eventually(() => expect(events.length).toBe(3));
  expect(events[2]).toMatchObject({
    data: { seatMapChanged: { version: 11 } },
    extensions: { gap: { reason: 'UPSTREAM_RECONNECTED' } },
  });
});

test('an upstream that is lost before it says a version is asked for everything', async () => {
  const { upstream } = await fedByTest();
  (await upstream(0)).events.finish({ error: new SubgraphUnavailableError('booking') });
  expect((await upstream(1)).resume).toEqual({ after: 0 });
});

test('an event that the subgraph could not read has a gap', async () => {
  const { events, upstream } = await fedByTest();
  const errors = [{ message: 'Away', path: ['seatMapChanged'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }];
  (await upstream(0)).events.push({ data: null, errors, extensions: { version: 1 } });
  await eventually(() => expect(events.length).toBe(1));
  expect(events[0]).toMatchObject({ errors: [{}], extensions: { gap: { reason: 'EVENT_FAILED' } } });
});

test('a subscription that the subgraph cannot begin while its database is away is tried again', async () => {
  const { events, upstream, left } = await fedByTest();
  const errors = [{ message: 'Away', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }];
  const first = await upstream(0);
  first.events.push({ errors });
  (await upstream(1)).events.push(seatMap(1));
  await eventually(() => expect(events).toMatchObject([{ data: { seatMapChanged: { version: 1 } } }]));
  expect(left).toEqual([first.events]);
});
