import { getEventListeners } from 'node:events';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test, vi } from 'vitest';
import { circuitBreaker } from '../../src/transports/circuit-breaker.ts';
import { withGuards } from '../../src/transports/guards.ts';
import { inProcessTransport } from '../../src/transports/in-process.ts';
import { retryQueries } from '../../src/transports/retry.ts';
import { singleFlight } from '../../src/transports/single-flight.ts';
import {
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnavailableError,
  type UnavailableReason,
} from '../../src/transports/subgraph-transport.ts';
import { subgraphRequest, user } from './request.ts';

function transport(execute: SubgraphTransport['execute']): SubgraphTransport {
  return { execute, subscribe: () => Promise.reject(new Error('not asked for')) };
}

const fails = (reason: UnavailableReason) => async () => {
  throw new SubgraphUnavailableError('catalog', { reason });
};

test('in-process: a missed deadline is an unavailable subgraph', async () => {
  const never = {
    name: 'catalog',
    execute: () => new Promise<never>(() => {}),
    subscribe: () => new Promise<never>(() => {}),
  };
  const inProcess = inProcessTransport(never);
  onTestFinished(() => inProcess.close?.());
  await expect(inProcess.execute(...subgraphRequest({ deadline: Date.now() + 5 }))).rejects.toMatchObject({
    subgraph: 'catalog',
    reason: 'timeout',
  });
});

test('in-process: a subgraph that throws is unavailable, with its cause for the log', async () => {
  const cause = new TypeError('boom');
  const inProcess = inProcessTransport({
    name: 'catalog',
    execute: () => Promise.reject(cause),
    subscribe: () => Promise.reject(cause),
  });
  onTestFinished(() => inProcess.close?.());
  await expect(inProcess.execute(...subgraphRequest())).rejects.toMatchObject({ reason: 'response', cause });
});

test.each(['unreachable', 'status'] as const)('a query that failed with %s is retried', async (reason) => {
  const execute = vi
    .fn<SubgraphTransport['execute']>()
    .mockImplementationOnce(fails(reason))
    .mockResolvedValue({ data: { a: 1 } });
  const retried = retryQueries(transport(execute), { baseDelayMs: 1 });
  expect(await retried.execute(...subgraphRequest())).toEqual({ data: { a: 1 } });
  expect(execute).toHaveBeenCalledTimes(2);
});

test.each([
  ['a mutation', 'mutation', 'unreachable'],
  ['a missed deadline', 'query', 'timeout'],
  ['an open circuit', 'query', 'circuit-open'],
  ['an answer that is none', 'query', 'response'],
] as const)('%s is not tried again', async (_name, kind, reason) => {
  const execute = vi.fn<SubgraphTransport['execute']>(fails(reason));
  await expect(retryQueries(transport(execute)).execute(...subgraphRequest({ kind }))).rejects.toMatchObject({
    reason,
  });
  expect(execute).toHaveBeenCalledTimes(1);
});

test('retries are bounded and never exceed the deadline', async () => {
  const execute = vi.fn<SubgraphTransport['execute']>(fails('unreachable'));
  const retried = retryQueries(transport(execute), { retries: 2, baseDelayMs: 1 });
  await expect(retried.execute(...subgraphRequest())).rejects.toMatchObject({ reason: 'unreachable' });
  expect(execute).toHaveBeenCalledTimes(3);
  await expect(retried.execute(...subgraphRequest({ deadline: Date.now() }))).rejects.toMatchObject({
    reason: 'unreachable',
  });
  expect(execute).toHaveBeenCalledTimes(4);
});

test('the circuit opens when most requests fail, probes after a while, and closes when the probe succeeds', async () => {
  let isUp = false;
  const states: string[] = [];
  const execute = vi.fn<SubgraphTransport['execute']>(async () => (isUp ? { data: {} } : fails('unreachable')()));
  const breaker = circuitBreaker('catalog', transport(execute), {
    minRequests: 4,
    probeAfterMs: 30,
    onState: (state) => states.push(state),
  });
  onTestFinished(() => breaker.close?.());
  for (let attempt = 0; attempt < 4; attempt++) {
    await expect(breaker.execute(...subgraphRequest())).rejects.toMatchObject({ reason: 'unreachable' });
  }
  expect(states).toEqual(['open']);
  await expect(breaker.execute(...subgraphRequest())).rejects.toMatchObject({
    subgraph: 'catalog',
    reason: 'circuit-open',
  });
  expect(execute).toHaveBeenCalledTimes(4);
  isUp = true;
  await eventually(async () => expect(await breaker.execute(...subgraphRequest())).toEqual({ data: {} }));
  expect(states).toEqual(['open', 'half-open', 'closed']);
});

test('unusable responses do not open the circuit', async () => {
  const breaker = circuitBreaker('catalog', transport(fails('response')), { minRequests: 2 });
  onTestFinished(() => breaker.close?.());
  for (let attempt = 0; attempt < 10; attempt++) {
    await expect(breaker.execute(...subgraphRequest())).rejects.toMatchObject({ reason: 'response' });
  }
});

/** Responds when released. */
function held() {
  const waiting: (() => void)[] = [];
  const execute = vi.fn<SubgraphTransport['execute']>(
    () => new Promise<SubgraphResponse>((resolve) => waiting.push(() => resolve({ data: { list: [{ a: 1 }] } }))),
  );
  return { execute, release: () => waiting.splice(0).forEach((answer) => answer()) };
}

test('identical concurrent queries of one caller are sent once, and each gets its own copy of the response', async () => {
  const { execute, release } = held();
  const shared = singleFlight(transport(execute));
  const answers = [1, 2, 3].map(() => shared.execute(...subgraphRequest()));
  release();
  const [first, second, third] = await Promise.all(answers);
  expect(execute).toHaveBeenCalledTimes(1);
  const answer = { data: { list: [{ a: 1 }] } };
  expect([first, second, third]).toEqual([answer, answer, answer]);
  Object.assign(first?.data ?? {}, { list: [{ a: 2 }] });
  expect([second, third]).toEqual([answer, answer]);
  const later = shared.execute(...subgraphRequest());
  release();
  await later;
  expect(execute).toHaveBeenCalledTimes(2);
});

test('other callers, other variables and mutations are never shared', async () => {
  const { execute, release } = held();
  const shared = singleFlight(transport(execute));
  const answers = [
    subgraphRequest(),
    subgraphRequest({ identity: { caller: user('s1') } }),
    subgraphRequest({ identity: { caller: user('s2') } }),
    subgraphRequest({ identity: { caller: user('s2'), authorization: 'Bearer t' } }),
    subgraphRequest({ variables: { id: 1 } }),
    subgraphRequest({ kind: 'mutation' }),
    subgraphRequest({ kind: 'mutation' }),
  ].map((request) => shared.execute(...request));
  release();
  await Promise.all(answers);
  expect(execute).toHaveBeenCalledTimes(7);
});

test('a failure is shared too', async () => {
  const failing = singleFlight(transport(fails('unreachable')));
  const both = await Promise.allSettled([failing.execute(...subgraphRequest()), failing.execute(...subgraphRequest())]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('a shared query is aborted when all its callers have cancelled, not with one of them', async () => {
  const { execute, release } = held();
  const shared = singleFlight(transport(execute));
  const callers = [new AbortController(), new AbortController()];
  const answers = callers.map(({ signal }) => shared.execute(...subgraphRequest({ signal })));
  const sent = execute.mock.calls[0]?.[1].signal;
  callers[0]?.abort();
  expect(sent?.aborted).toBe(false);
  callers[1]?.abort();
  expect(sent?.aborted).toBe(true);
  // A later caller does not join what was aborted.
  answers.push(shared.execute(...subgraphRequest()));
  expect(execute).toHaveBeenCalledTimes(2);
  release();
  await Promise.all(answers);
});

test('queries that have ended leave nothing on the signal of their request', async () => {
  const shared = singleFlight(transport(async () => ({ data: {} })));
  const { signal } = new AbortController();
  await Promise.all([1, 2, 3].map(() => shared.execute(...subgraphRequest({ signal }))));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('clients that disconnect do not open the circuit', async () => {
  const execute = fails('cancelled');
  const broken = circuitBreaker('catalog', transport(execute), { minRequests: 2 });
  onTestFinished(() => broken.close?.());
  for (let attempt = 0; attempt < 4; attempt++) await broken.execute(...subgraphRequest()).catch(() => {});
  await expect(broken.execute(...subgraphRequest())).rejects.toMatchObject({ reason: 'cancelled' });
});

test('the guards combine: single flight, retries, circuit breaker', async () => {
  const execute = vi
    .fn<SubgraphTransport['execute']>()
    .mockImplementationOnce(fails('unreachable'))
    .mockResolvedValue({ data: {} });
  const all = withGuards('catalog', transport(execute), { retry: { baseDelayMs: 1 } });
  onTestFinished(() => all.close?.());
  expect(await Promise.all([all.execute(...subgraphRequest()), all.execute(...subgraphRequest())])).toEqual([
    { data: {} },
    { data: {} },
  ]);
  expect(execute).toHaveBeenCalledTimes(2);
});
