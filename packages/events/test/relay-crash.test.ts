import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '@marquee/database';
import { builtProgram, eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';

import { PrismaClient } from '../generated/client.ts';
import { type EventLog, type NewEvent } from '../src/index.ts';
import { type Harness, manySoldOut, openHarness, soldOut, withOverrides } from './harness.ts';

const program = builtProgram(new URL('relay-process.ts', import.meta.url));

async function relayProcess({ url, keys }: Harness): Promise<ChildProcess> {
  const child = fork(await program, [url, keys.url, keys.namespace]);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** The events in the log, in order. */
async function logged({ redis, keys }: Harness): Promise<{ id: string; key: string }[]> {
  const entries = await redis.xrange(`${keys.namespace}:events:sample`, '-', '+');
  return entries.map(([, fields]) => {
    const [id = '', key = ''] = ['id', 'key'].map((name) => fields[fields.indexOf(name) + 1]);
    return { id, key };
  });
}

test('events of relays that are killed one after the other are in the log once, those of each key in order', async () => {
  const harness = await openHarness();
  const events: NewEvent[] = [];
  const emission = new AbortController();
  const emit = async (): Promise<void> => {
    while (!emission.signal.aborted) {
      const some = Array.from({ length: 20 }, (_, position) => soldOut(`show-${position % 5}`));
      await harness.emit(...some);
      events.push(...some);
      await pause(1);
    }
  };
  const relays = await Promise.all(Array.from({ length: 4 }, () => relayProcess(harness)));
  const emitter = emit();
  const length = (): Promise<number> => harness.redis.xlen(`${harness.keys.namespace}:events:sample`);
  for (const relay of relays) {
    const before = await length();
    await eventually(async () => expect(await length()).toBeGreaterThan(before), { everyMs: 1 });
    await kill(relay);
  }
  emission.abort();
  await emitter;
  await harness.relay().drain();
  const found = await logged(harness);
  expect(found.length).toBe(events.length);
  for (const key of ['show-0', 'show-1', 'show-2', 'show-3', 'show-4']) {
    const ids = (all: readonly { id: string; key: string }[]) => all.filter((e) => e.key === key).map(({ id }) => id);
    expect(ids(found)).toEqual(ids(events));
  }
});

/** Publishes events with a relay that dies after the append, and then with another. */
async function dieAfterAppend(harness: Harness, between: () => Promise<unknown>): Promise<string[]> {
  const append: EventLog['append'] = async (...what) => {
    await harness.log.append(...what);
    throw new Error('killed after the append');
  };
  await harness.emit(...manySoldOut(3));
  await expect(harness.relay({ log: withOverrides(harness.log, { append }) }).drain()).rejects.toThrow('killed');
  await between();
  await harness.relay().drain();
  return (await logged(harness)).map(({ key }) => key);
}

test('an append in doubt is not repeated, although its events were not marked', async () => {
  const keys = await dieAfterAppend(await openHarness(), async () => undefined);
  expect(keys).toEqual(['show-0', 'show-1', 'show-2']);
});

test('control: without the memory of what was appended, an append in doubt is repeated', async () => {
  const harness = await openHarness();
  const keys = await dieAfterAppend(harness, () => harness.redis.del(`${harness.keys.namespace}:appended-at:sample`));
  expect(keys).toHaveLength(6);
});

test('only one of several relays publishes at a time', async () => {
  const harness = await openHarness();
  let running = 0;
  let most = 0;
  const append: EventLog['append'] = async (...what) => {
    most = Math.max(most, (running += 1));
    await harness.log.append(...what);
    running -= 1;
  };
  const log = withOverrides(harness.log, { append });
  const relays = [harness.relay({ log, pollMs: 5 }), harness.relay({ log, pollMs: 5 })];
  for (const relay of relays) relay.start();
  for (let round = 0; round < 10; round += 1) {
    await harness.emit(...manySoldOut(5, `round-${round}`));
    for (const relay of relays) relay.kick();
  }
  await eventually(async () => expect(await logged(harness)).toHaveLength(50));
  expect(most).toBe(1);
});

test('control: without the lock two relays publish at the same time', async () => {
  const harness = await openHarness();
  await harness.client.$executeRawUnsafe(
    'CREATE FUNCTION public.pg_try_advisory_lock(bigint) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$',
  );
  const client = connect(PrismaClient, { url: harness.url, session: ['search_path=public,pg_catalog'] });
  onTestFinished(() => client.$disconnect());
  await harness.emit(...manySoldOut(5));
  let publishing = 0;
  let bothPublish = (): void => {};
  const both = new Promise<void>((resolve) => (bothPublish = resolve));
  const append: EventLog['append'] = async (...what) => {
    publishing += 1;
    if (publishing === 2) bothPublish();
    await both;
    await harness.log.append(...what);
  };
  const log = withOverrides(harness.log, { append });
  await Promise.all([harness.relay({ log, client }).drain(), harness.relay({ log, client }).drain()]);
  expect(publishing).toBe(2);
});
