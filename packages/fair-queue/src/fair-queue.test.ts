import { setImmediate } from 'node:timers/promises';
import { rateLimited } from '@marquee/errors';
import { expect, test } from 'vitest';

import { FairQueue, type FairQueueOptions } from './fair-queue.ts';

const REFUSED = { extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 2 } };

const refusal = () => rateLimited(2);

/** A queue whose jobs run until they are finished, one by one; `ran` has their names in the order of their start. */
function queue(options: Partial<FairQueueOptions> = {}) {
  const ran: string[] = [];
  const refused: string[] = [];
  const finish: (() => void)[] = [];
  const jobs = new FairQueue({ workers: 1, maxWaiting: 100, maxWaitingPerSource: 100, refusal, ...options });
  const add = (source: string, name: string) => {
    const done = jobs.run(source, () => {
      ran.push(name);
      return new Promise<void>((resolve) => finish.push(resolve));
    });
    done.catch(() => refused.push(name));
    return done;
  };
  const finishAll = async () => {
    while (finish.length > 0) {
      finish.shift()?.();
      await setImmediate();
    }
  };
  return { jobs, add, ran, refused, finish, finishAll };
}

test('no more jobs run at once than there are workers', async () => {
  const { jobs, add, ran, finishAll } = queue({ workers: 2 });
  for (const name of ['1', '2', '3', '4']) void add('a', name);
  expect([ran, jobs.waiting]).toEqual([['1', '2'], 2]);
  await finishAll();
  expect([ran, jobs.waiting]).toEqual([['1', '2', '3', '4'], 0]);
});

test('sources take turns: a second one does not wait for all jobs of the first', async () => {
  const { add, ran, finishAll } = queue();
  for (const name of ['a1', 'a2', 'a3', 'a4']) void add('a', name);
  void add('b', 'b1');
  void add('c', 'c1');
  await finishAll();
  expect(ran).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'a4']);
});

test('a source that may run one job at once leaves the other workers to others', async () => {
  const { jobs, add, ran, finish, finishAll } = queue({ workers: 2, maxRunningPerSource: 1 });
  for (const name of ['a1', 'a2', 'b1', 'c1']) void add(name.slice(0, 1), name);
  expect([ran, jobs.waiting]).toEqual([['a1', 'b1'], 2]);
  finish.pop()?.();
  await setImmediate();
  expect(ran).toEqual(['a1', 'b1', 'c1']);
  await finishAll();
  expect([ran, jobs.waiting]).toEqual([['a1', 'b1', 'c1', 'a2'], 0]);
});

test('a source has a bound of its own, and others still fit in', async () => {
  const { add, ran, refused, finishAll } = queue({ maxWaitingPerSource: 2 });
  for (const name of ['a1', 'a2', 'a3']) void add('a', name);
  await expect(add('a', 'a4')).rejects.toMatchObject(REFUSED);
  void add('b', 'b1');
  await finishAll();
  expect(ran).toEqual(['a1', 'a2', 'b1', 'a3']);
  expect(refused).toEqual(['a4']);
});

test('a full queue takes room from the source with most jobs, and is never above its bound', async () => {
  const { jobs, add, ran, refused, finishAll } = queue({ maxWaiting: 3 });
  for (const name of ['a1', 'a2', 'a3', 'a4']) void add('a', name);
  void add('b', 'b1');
  expect(jobs.waiting).toBe(3);
  await expect(add('a', 'a5')).rejects.toMatchObject(REFUSED);
  void add('c', 'c1');
  await expect(add('d', 'd1')).rejects.toMatchObject(REFUSED);
  await finishAll();
  expect(ran).toEqual(['a1', 'a2', 'b1', 'c1']);
  expect(refused).toEqual(['a4', 'a5', 'a3', 'd1']);
});

test('a job that fails gives its place to the next one', async () => {
  const { jobs, add, ran, finishAll } = queue();
  const failed = jobs.run('a', async () => {
    throw new Error('broken');
  });
  void add('a', 'next');
  await expect(failed).rejects.toThrow('broken');
  await finishAll();
  expect(ran).toEqual(['next']);
});

test('the queue is idle once its last job has ended', async () => {
  const { jobs, add, finishAll } = queue();
  await jobs.idle();
  void add('a', 'a1');
  void add('b', 'b1');
  let isIdle = false;
  const idle = jobs.idle().then(() => (isIdle = true));
  await setImmediate();
  expect(isIdle).toBe(false);
  await finishAll();
  await idle;
  expect(jobs.waiting).toBe(0);
});
