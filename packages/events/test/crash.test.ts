import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { builtProgram, eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';

import { manySoldOut, soldOut, stage, type Stage } from './stage.ts';

const program = builtProgram(new URL('doomed-consumer.ts', import.meta.url));

/** A consumer in a process of its own that writes its effect and then never ends its transaction. */
async function doomedConsumer({ url, keys }: Stage): Promise<ChildProcess> {
  const child = fork(await program, [url, keys.url, keys.namespace]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const [message] = (await once(child, 'message')) as [string];
  expect(message).toBe('in the middle');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('what a consumer killed in the middle was handling has its effect once, by the next', async () => {
  const all = await stage();
  await all.tell(soldOut('interrupted'), ...manySoldOut(2));
  await all.relay().drain();
  await kill(await doomedConsumer(all));
  const consumer = all.consumer();
  consumer.start();
  await consumer.idle();
  expect((await all.effects()).toSorted()).toEqual(['interrupted', 'show-0', 'show-1']);
});

test('nobody takes over from a process that is slow but alive', async () => {
  const all = await stage();
  await all.tell(soldOut('slow'));
  await all.relay().drain();
  const slow = await doomedConsumer(all);
  const other = all.consumer();
  other.start();
  await all.tell(soldOut('next'));
  await all.relay().drain();
  // Longer than the first pause, and than a sign of life holds without another.
  await expect(other.idle(3_500)).rejects.toThrow('1 pending');
  const pending = await all.redis.xpending(`${all.keys.namespace}:events:sample`, 'catalog', '-', '+', 10);
  expect(pending).toMatchObject([[expect.any(String), expect.any(String), expect.any(Number), 1]]);
  expect(await all.effects()).toEqual(['next']);
  await kill(slow);
  await other.idle();
  expect(await all.effects()).toEqual(['next', 'slow']);
});

test('an event that kills each process becomes a dead letter', async () => {
  const all = await stage();
  await all.tell(soldOut('deadly'));
  await all.relay().drain();
  const stream = `${all.keys.namespace}:events:sample`;
  await kill(await doomedConsumer(all));
  const [[id] = ['']] = await all.redis.xrange(stream, '-', '+');
  // As after the third such end.
  await all.redis.call('XCLAIM', stream, 'catalog', 'gone', 0, id, 'RETRYCOUNT', 3, 'JUSTID');
  const consumer = all.consumer();
  consumer.start();
  await eventually(async () => expect(await all.log.deadLetters('catalog')).toHaveLength(1));
  expect(await all.log.deadLetters('catalog')).toMatchObject([
    { error: expect.stringContaining('ended while handling') },
  ]);
  expect(await all.effects()).toEqual([]);
});
