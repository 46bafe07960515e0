import { eventually } from '@marquee/testkit';
import { type GraphQLFormattedError, parse } from 'graphql';
import { expect, onTestFinished, test } from 'vitest';

import { SubscriptionHub } from '../../src/subscriptions/hub.ts';
import { DEFAULT_SUBSCRIPTION_SETTINGS } from '../../src/subscriptions/settings.ts';
import { PushedEvents } from '../../src/transports/pushed-events.ts';
import { ANONYMOUS, compose, Federation, prepare, type Service } from '../engine/fixtures/federate.ts';

const CLOCK = {
  clock: { typeDefs: 'type Query { now: Int } type Subscription { ticks: Int }' },
} satisfies Record<string, Service>;

test('a subscription prepared before a swap and joined after it uses the new generation', async () => {
  const engine = await new Federation(CLOCK).engine({
    transportFor: () => ({
      execute: () => Promise.reject(new Error('nothing is fetched')),
      subscribe: async () => new PushedEvents(() => {}),
    }),
  });
  const hub = new SubscriptionHub({
    engine,
    settings: { ...DEFAULT_SUBSCRIPTION_SETTINGS, reloadWindowMs: 0 },
    events: { started() {}, ended() {}, upstreamLost() {}, dropped() {}, hydrated() {} },
    tracer: undefined,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    now: Date.now,
    random: Math.random,
  });
  onTestFinished(() => hub.stop());
  const query = 'subscription { ticks }';
  const [generation, prepared] = [engine.current(), await prepare(engine, query)];
  const typeDefs = CLOCK.clock.typeDefs.replace('ticks: Int', 'ticks: Int @authenticated');
  await engine.load(compose({ clock: { typeDefs } }));

  if (prepared.subscription === undefined) throw new Error('It has no plan');
  const { kind } = prepared;
  const document = parse(query);
  const operation = { query, document, kind, name: null, operationName: null, variables: {} };
  const accepted = { operation, prepared, generation };
  let ending: readonly GraphQLFormattedError[] | undefined;
  const subscriber = { next() {}, end: (errors: typeof ending) => (ending = errors) };
  hub.join(accepted, prepared.subscription, { identity: { caller: ANONYMOUS }, subscriber, onEnded() {} });
  await eventually(() => expect(ending).toMatchObject([{ extensions: { code: 'SUBSCRIPTION_SCHEMA_RELOAD' } }]));
  expect(hub.size).toEqual({ subscriptions: 0, upstreams: 0 });
});
