/**
 * Does work on items, several at a time, those of one lane one after the other in the order given.
 *
 * @param concurrency how many lanes move at a time
 */
export async function inLanes<Item>(
  items: readonly Item[],
  laneOf: (item: Item) => string,
  concurrency: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const byLane = new Map<string, Item[]>();
  for (const item of items) byLane.set(laneOf(item), [...(byLane.get(laneOf(item)) ?? []), item]);
  const lanes = [...byLane.values()];
  const mover = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
      for (const item of lane) await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, lanes.length) }, mover));
}
