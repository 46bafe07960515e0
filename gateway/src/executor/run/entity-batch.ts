import type { SubgraphResponse } from '../../transports/subgraph-transport.ts';
import type { Context } from './context.ts';

/** Entities that one request asks for with the same selection and contextual arguments. Several places of an operation may share them. */
export class EntityBatch {
  /** The place among the batches that one request may have. */
  readonly part: number;
  readonly context: Context;
  /** Each as JSON. */
  readonly representations: string[] = [];
  /** Resolves when the request has succeeded or failed; never rejects. */
  readonly settled: Promise<void>;
  isSettled = false;
  /** Undefined until the request has succeeded. */
  response: SubgraphResponse | undefined;
  failure: unknown;
  /** Whether its errors were reported to `onMaskedError`. */
  isReported = false;
  /** Sends the request, which waits for other fetches. Undefined once it is sent. */
  sendNow: (() => void) | undefined;
  #onSettled: () => void = () => {};

  constructor(part: number, context: Context, sendNow: () => void) {
    this.part = part;
    this.context = context;
    this.sendNow = sendNow;
    this.settled = new Promise((resolve) => {
      this.#onSettled = resolve;
    });
  }

  /** Adds an entity, before the request is sent. */
  add(representation: string): EntitySlot {
    return { batch: this, index: this.representations.push(representation) - 1 };
  }

  succeed(response: SubgraphResponse): void {
    this.response = response;
    this.#settle();
  }

  fail(cause: unknown): void {
    this.failure = cause;
    this.#settle();
  }

  #settle(): void {
    this.isSettled = true;
    this.#onSettled();
  }
}

export interface EntitySlot {
  readonly batch: EntityBatch;
  /** In the batch's list of entities. */
  readonly index: number;
}

/** The slots of the entities that a run has requested, by what may share them and by representation. */
export class RequestedEntities {
  readonly #bySharers = new Map<unknown, Map<string, EntitySlot>>();

  of(sharers: unknown): Map<string, EntitySlot> {
    let slots = this.#bySharers.get(sharers);
    if (slots === undefined) {
      slots = new Map();
      this.#bySharers.set(sharers, slots);
    }
    return slots;
  }
}
