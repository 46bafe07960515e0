import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { builtProgram, eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';

import { manySoldOut, soldOut, openHarness, type Harness } from './harness.ts';

const program = builtProgram(new URL('stuck-consumer.ts', import.meta.url));

/** A consumer in another process, which writes its effect and never ends its transaction. */
async function stuckConsumer({ url, keys }: Harness): Promise<ChildProcess> {
  const child = fork(await program, [url, keys.url, keys.namespace]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const [message] = (await once(child, 'message')) as [string];
  expect(message).toBe('handling');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('an event whose consumer is killed while handling it has its effect once, in the next consumer', async () => {
  const harness = await openHarness();
  await harness.emit(soldOut('interrupted'), ...manySoldOut(2));
  await harness.relay().drain();
  await kill(await stuckConsumer(harness));
  const consumer = harness.consumer();
  consumer.start();
  await consumer.idle();
  expect((await harness.effects()).toSorted()).toEqual(['interrupted', 'show-0', 'show-1']);
});

test('no process takes over from one that is slow but alive', async () => {
  const harness = await openHarness();
  await harness.emit(soldOut('slow'));
  await harness.relay().drain();
  const slow = await stuckConsumer(harness);
  const other = harness.consumer();
  other.start();
  await harness.emit(soldOut('next'));
  await harness.relay().drain();
  // Longer than the first backoff, and than a heartbeat lasts.
  await expect(other.idle(3_500)).rejects.toThrow('1 pending');
  const pending = await harness.redis.xpending(`${harness.keys.namespace}:events:sample`, 'catalog', '-', '+', 10);
  expect(pending).toMatchObject([[expect.any(String), expect.any(String), expect.any(Number), 1]]);
  expect(await harness.effects()).toEqual(['next']);
  await kill(slow);
  await other.idle();
  expect(await harness.effects()).toEqual(['next', 'slow']);
});

test('an event that kills every process becomes a dead letter', async () => {
  const harness = await openHarness();
  await harness.emit(soldOut('deadly'));
  await harness.relay().drain();
  const stream = `${harness.keys.namespace}:events:sample`;
  await kill(await stuckConsumer(harness));
  const [[id] = ['']] = await harness.redis.xrange(stream, '-', '+');
  // The state after three such deaths.
  await harness.redis.call('XCLAIM', stream, 'catalog', 'gone', 0, id, 'RETRYCOUNT', 3, 'JUSTID');
  const consumer = harness.consumer();
  consumer.start();
  await eventually(async () => expect(await harness.deadLetters()).toHaveLength(1));
  expect(await harness.deadLetters()).toMatchObject([{ error: expect.stringContaining('ended while handling') }]);
  expect(await harness.effects()).toEqual([]);
});
