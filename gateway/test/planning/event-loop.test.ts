import { QueryPlanner } from '@apollo/query-planner';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ask, Federation } from '../engine/fixtures/federate.ts';
import { SHOP } from '../engine/fixtures/shop.ts';
import { collect, startGateway } from '../server/gateway-under-test.ts';

/** Counts the plans that are made on this thread. */
function plansHere(): () => number {
  const plan = vi.spyOn(QueryPlanner.prototype, 'buildQueryPlan');
  onTestFinished(() => plan.mockRestore());
  return () => plan.mock.calls.length;
}

const QUERIES: [string, string, object?][] = [
  ['a query', '{ shows { id title available } }'],
  ['a condition', 'query ($on: Boolean!) { shows { id title @include(if: $on) } }', { on: true }],
  ['introspection', '{ __schema { queryType { name } } }'],
];

test.each(QUERIES)('%s is not planned on the event loop', async (_what, query, variables = {}) => {
  const plans = plansHere();
  const { ask: send } = await startGateway();
  const { status, body } = await send(query, { variables });
  expect([status, body.errors]).toEqual([200, undefined]);
  expect(plans()).toBe(0);
});

test('a subscription is not planned on the event loop', async () => {
  const plans = plansHere();
  const under = await startGateway();
  const subscription = collect(under.client(), 'subscription { seatMapChanged(showId: "s1") { show { title } } }');
  await expect.poll(() => under.theatre.log.requests.length).toBeGreaterThan(0);
  subscription.unsubscribe();
  expect(plans()).toBe(0);
});

test('control: an engine that plans here is counted', async () => {
  const plans = plansHere();
  await ask(await new Federation(SHOP).engine(), '{ me { id } }');
  expect(plans()).toBe(1);
});
