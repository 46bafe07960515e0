import { Deadlines, type Expiring } from '../../transports/deadlines.ts';
import type { Context } from './context.ts';
import { EntityBatch } from './entity-batch.ts';

/** Any fetch may wait this long for others, ms. */
const SHORT_WAIT_MS = 50;

const waiting = new Deadlines();

/**
 * The next request of a group of entity fetches, in one run.
 *
 * It is sent when every fetch that it waits for is there, and at the latest when it has waited as long as the run took
 * before, so that a slow subgraph does not hold up what needs nothing from it. A fetch that comes later is sent in
 * another request.
 */
export class EntityRequest implements Expiring {
  deadline = 0;
  /** Fetches of the group that are still to come. */
  #coming: number;
  /** Those of them to wait for. */
  #awaited: number;
  #batches: EntityBatch[] = [];
  /** When the run started, epoch ms. */
  readonly #startedAt: number;
  readonly #send: (batches: readonly EntityBatch[]) => void;
  readonly #sendNow = (): void => this.expire();

  constructor(
    { coming, awaited, startedAt }: Record<'coming' | 'awaited' | 'startedAt', number>,
    send: (batches: readonly EntityBatch[]) => void,
  ) {
    this.#coming = coming;
    this.#awaited = awaited;
    this.#startedAt = startedAt;
    this.#send = send;
  }

  /** The batch for a part of the group, with these contextual arguments, that is sent next. */
  batch(part: number, context: Context): EntityBatch {
    const known = this.#batches.find((batch) => batch.part === part && batch.context.key === context.key);
    if (known !== undefined) return known;
    const fresh = new EntityBatch(part, context, this.#sendNow);
    this.#batches.push(fresh);
    return fresh;
  }

  includes(batch: EntityBatch): boolean {
    return batch.sendNow === this.#sendNow;
  }

  /** Called once by each fetch of the group, when it has added its entities. */
  arrive(isAwaited: boolean): void {
    this.#coming--;
    if (isAwaited) this.#awaited--;
    if (this.#batches.length === 0) return;
    if (this.#coming === 0) this.expire();
    // In the same moment other fetches may be ready, whose promises have yet to run.
    else if (this.#awaited === 0) process.nextTick(this.#sendNow);
    else this.#wait();
  }

  #wait(): void {
    if (this.deadline > 0) return;
    const now = Date.now();
    this.deadline = now + Math.max(SHORT_WAIT_MS, now - this.#startedAt);
    waiting.watch(this);
  }

  /** Sends what is there. */
  expire(): void {
    if (this.#batches.length === 0) return;
    if (this.deadline > 0) waiting.unwatch(this);
    this.deadline = 0;
    // In one order, so that equal parts have equal documents.
    const batches = this.#batches.toSorted((left, right) => left.part - right.part);
    this.#batches = [];
    for (const batch of batches) batch.sendNow = undefined;
    this.#send(batches);
  }
}
