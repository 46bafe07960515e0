import { expect, onTestFinished, test } from 'vitest';
import type { PlanRequest } from '../../src/executor/plan/plan-request.ts';
import type { PlanningOutcome } from '../../src/planning/api.ts';
import { PlannerThreads } from '../../src/planning/planner-threads.ts';
import { DEFAULT_PLANNING, type PlanningSettings } from '../../src/planning/settings.ts';
import type { Asker } from '../../src/request/asker.ts';

const HANGING = new URL('./hanging-worker.ts', import.meta.url);
const TOO_LARGE = { errors: [{ extensions: { code: 'OPERATION_TOO_LARGE' } }] };
const LIMITED = { errors: [{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } }] };

const planOf = (document: string): PlanRequest => ({ document, labels: [], overrides: [] });

function from(address: string, userId?: string): Asker {
  const caller = { kind: 'user', userId: userId ?? '', sessionId: 's', roles: [], scopes: [] };
  const identity = { caller: userId === undefined ? { kind: 'anonymous' } : caller } as Asker['identity'];
  return { identity, client: { address, userAgent: null } };
}

async function start(settings: Partial<PlanningSettings> = {}) {
  const outcomes: PlanningOutcome[] = [];
  let now = 0;
  const threads = new PlannerThreads({
    settings: { ...DEFAULT_PLANNING, ...settings },
    program: HANGING,
    now: () => now,
    onDone: (_kind, outcome) => outcomes.push(outcome),
  });
  onTestFinished(() => threads.stop());
  const planner = await threads.open('sdl');
  const plan = (document: string, asker: Asker | undefined = from('192.0.2.1')) =>
    planner.plan(planOf(document), asker);
  return { planner, plan, outcomes, pass: (ms: number) => (now += ms) };
}

/** Gives the only thread a plan that takes forever. */
function hang({ plan }: Awaited<ReturnType<typeof start>>) {
  const hanging = plan('{ hang }', from('203.0.113.9'));
  hanging.catch(() => {});
  return hanging;
}

test('a stuck thread is replaced, and the next operations are planned', async () => {
  const { plan, planner, outcomes } = await start({ jobMs: 500 });
  await expect(plan('{ hang }')).rejects.toMatchObject(TOO_LARGE);
  expect(await plan('{ a }', from('198.51.100.1'))).toEqual({ kind: 'QueryPlan' });
  await planner.validate('{ a }', undefined);
  expect(outcomes).toEqual(['stuck', 'ok', 'ok']);
});

test('control: without a time limit the next operation waits for the stuck one', async () => {
  const started = await start({ jobMs: 2 ** 30, waitMs: 100 });
  void hang(started);
  await expect(started.plan('{ a }')).rejects.toMatchObject(LIMITED);
  expect(started.outcomes).toEqual(['waited-too-long']);
});

test('an operation that blocked a thread is refused at once for a while, however it is sent', async () => {
  const { plan, outcomes } = await start({ jobMs: 500, refuseForMs: 2 ** 30 });
  await expect(plan('{ hang }')).rejects.toMatchObject(TOO_LARGE);
  // It never reaches the queue, or it would take a thread again.
  await expect(plan('{ hang }', from('198.51.100.1'))).rejects.toMatchObject(TOO_LARGE);
  await expect(plan('{ hang }', from('198.51.100.2'))).rejects.toMatchObject(TOO_LARGE);
  expect(outcomes).toEqual(['stuck', 'stuck', 'stuck']);
});

test('a registered operation that blocked a thread is tried again', async () => {
  const { plan, planner, outcomes } = await start({ jobMs: 300, maxWaitingPerNetwork: 1 });
  await expect(planner.plan(planOf('{ hang }'), undefined)).rejects.toMatchObject(LIMITED);
  const again = planner.plan(planOf('{ hang }'), undefined);
  const waiting = plan('{ a }');
  // It has the thread, so a second operation of this network finds the queue full.
  await expect(plan('{ b }')).rejects.toMatchObject(LIMITED);
  await expect(again).rejects.toMatchObject(LIMITED);
  expect(await waiting).toEqual({ kind: 'QueryPlan' });
  expect(outcomes).toEqual(['stuck', 'queue-full', 'stuck', 'ok']);
});

test('a plan that eats memory ends its thread, and the process and the next operations live', async () => {
  const { plan } = await start({ jobMs: 2 ** 30, memoryMb: 96 });
  await expect(plan('{ eat }')).rejects.toMatchObject(TOO_LARGE);
  expect(await plan('{ a }', from('198.51.100.1'))).toEqual({ kind: 'QueryPlan' });
});

test('a full queue refuses at once, and works again when the thread does', async () => {
  const started = await start({ jobMs: 300, maxWaitingPerNetwork: 2 });
  const hanging = hang(started);
  const waiting = [started.plan('{ a }'), started.plan('{ b }')];
  await expect(started.plan('{ c }')).rejects.toMatchObject(LIMITED);
  expect(started.outcomes).toEqual(['queue-full']);
  await expect(hanging).rejects.toMatchObject(TOO_LARGE);
  expect(await Promise.all(waiting)).toHaveLength(2);
  expect(await started.plan('{ c }')).toEqual({ kind: 'QueryPlan' });
});

test('one network cannot fill the queue for another', async () => {
  const started = await start({ jobMs: 300, maxWaiting: 4, maxWaitingPerNetwork: 4 });
  const hanging = hang(started);
  const flood = ['a', 'b', 'c', 'd', 'e'].map((field) => started.plan(`{ ${field} }`));
  const other = started.plan('{ other }', from('198.51.100.1'));
  // The last of the flood gives up its place, and the one before never had one.
  const settled = await Promise.allSettled(flood);
  expect(settled.map(({ status }) => status)).toEqual([...Array(3).fill('fulfilled'), 'rejected', 'rejected']);
  expect(await other).toEqual({ kind: 'QueryPlan' });
  await expect(hanging).rejects.toMatchObject(TOO_LARGE);
});

test('a caller and a network have a budget of new plans a minute', async () => {
  const { plan, pass, outcomes } = await start({ budget: { perCaller: 2, perNetwork: 3 } });
  const ann = (address: string) => from(address, 'ann');
  await plan('{ a }', ann('192.0.2.1'));
  await plan('{ b }', ann('198.51.100.1'));
  await expect(plan('{ c }', ann('203.0.113.1'))).rejects.toMatchObject(LIMITED);
  await plan('{ d }', from('192.0.2.1', 'bob'));
  await plan('{ e }', from('192.0.2.1'));
  await expect(plan('{ f }', from('192.0.2.1'))).rejects.toMatchObject(LIMITED);
  expect(outcomes.filter((outcome) => outcome === 'over-budget')).toHaveLength(2);
  pass(60_000);
  expect(await plan('{ f }', from('192.0.2.1'))).toEqual({ kind: 'QueryPlan' });
});

test('addresses of one IPv6 /64 share a budget', async () => {
  const { plan } = await start({ budget: { perCaller: 1, perNetwork: 1 } });
  await plan('{ a }', from('2001:db8::1'));
  await expect(plan('{ b }', from('2001:db8::2'))).rejects.toMatchObject(LIMITED);
  expect(await plan('{ b }', from('2001:db8:0:1::2'))).toEqual({ kind: 'QueryPlan' });
});

test('validating and the gateway’s own work spend no budget', async () => {
  const { plan, planner } = await start({ budget: { perCaller: 1, perNetwork: 1 } });
  const asker = from('192.0.2.1');
  await plan('{ a }', asker);
  await planner.validate('{ b }', asker);
  expect(await planner.plan(planOf('{ b }'), undefined)).toEqual({ kind: 'QueryPlan' });
});

test('an operation that blocked a thread spends the whole budget of its network, and of no other', async () => {
  const { plan } = await start({ jobMs: 500, budget: { perCaller: 10, perNetwork: 10 } });
  await expect(plan('{ hang }')).rejects.toMatchObject(TOO_LARGE);
  await expect(plan('{ a }')).rejects.toMatchObject(LIMITED);
  expect(await plan('{ a }', from('198.51.100.1'))).toEqual({ kind: 'QueryPlan' });
});

test('a program that cannot start fails the load', async () => {
  const threads = new PlannerThreads({
    settings: DEFAULT_PLANNING,
    program: new URL('./missing-worker.ts', import.meta.url),
  });
  onTestFinished(() => threads.stop());
  await expect(threads.open('sdl')).rejects.toThrow('the thread died');
});
