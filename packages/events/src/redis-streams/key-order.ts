import { groupedBy } from './grouped.ts';

/**
 * Runs work on items concurrently, but on items of one key one after the other, in the order given.
 *
 * @param concurrency how many keys are worked on at a time
 */
export async function forEachInKeyOrder<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  concurrency: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queues = [...groupedBy(items, keyOf).values()];
  const worker = async (): Promise<void> => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
      for (const item of queue) await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, queues.length) }, worker));
}
