import { setImmediate } from 'node:timers/promises';

/** Work that is due, such as messages to send, by the steps in which it is done. */
export interface DueWork<Item, Done> {
  /** Items that are worked on at once. */
  readonly atOnce: number;
  /** Items that are settled together, while more are due. */
  readonly step: number;
  /** Whether to begin an item takes processor: what others wait for then comes in between. */
  readonly isHeavy?: boolean;
  /** Takes items that are due, at most so many. */
  claim(limit: number): Promise<readonly Item[]>;
  /** Never rejects. */
  work(item: Item): Promise<Done>;
  /** Stores what became of items. @returns false to claim no more */
  settle(done: readonly Done[]): Promise<boolean>;
}

/** When more is looked for, though few are done: an item that takes long holds up no other. */
const LOOK_AFTER_MS = 100;
/** Steps after which a run ends; what is left is for the next. */
const MAX_STEPS = 1_000;

/** Works on what is due until nothing is. What is done makes room for the next. */
export async function workOff<Item, Done>({
  atOnce,
  step,
  isHeavy = false,
  ...of
}: DueWork<Item, Done>): Promise<void> {
  const window = new Window<Done>();
  try {
    for (let steps = 0; steps < MAX_STEPS; steps += 1) {
      const room = atOnce - window.size;
      const due = room > 0 ? await of.claim(room) : [];
      if (due.length === 0 && window.size === 0 && window.done.length === 0) return;
      for (const item of due) {
        window.add(of.work(item));
        if (isHeavy) await setImmediate();
      }
      const isMore = due.length === room;
      await window.finished(isMore ? step : window.size, LOOK_AFTER_MS);
      if (isMore && window.size > 0 && window.done.length < step) continue;
      if (window.done.length > 0 && !(await of.settle(window.takeDone()))) return;
    }
  } finally {
    await window.finished(window.size);
    if (window.done.length > 0) await of.settle(window.takeDone());
  }
}

/** Items that are worked on, and those that are done. */
class Window<Done> {
  readonly #running = new Set<Promise<void>>();
  readonly #done: Done[] = [];
  #onDone = (): void => undefined;

  get size(): number {
    return this.#running.size;
  }

  get done(): readonly Done[] {
    return this.#done;
  }

  takeDone(): Done[] {
    return this.#done.splice(0);
  }

  add(working: Promise<Done>): void {
    const running: Promise<void> = working.then((done) => {
      this.#done.push(done);
      this.#running.delete(running);
      this.#onDone();
    });
    this.#running.add(running);
  }

  /** Waits until so many of those that run are done. @param atMostMs for no longer */
  async finished(count: number, atMostMs?: number): Promise<void> {
    const left = Math.max(0, this.size - count);
    await new Promise<void>((resolve) => {
      const late = atMostMs === undefined ? undefined : setTimeout(resolve, atMostMs);
      this.#onDone = () => {
        if (this.size > left) return;
        clearTimeout(late);
        resolve();
      };
      this.#onDone();
    });
  }
}
