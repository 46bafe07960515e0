import type { SubgraphResponse } from '../../transports/subgraph-transport.ts';

/** One request for entities and its outcome. Several places of an operation may share it. */
export class EntityBatch {
  /** The number of requested entities. */
  readonly count: number;
  /** Resolves when the batch is settled; never rejects. */
  readonly settled: Promise<void>;
  isSettled = false;
  /** Absent while the batch is not settled, and when it failed. */
  response: SubgraphResponse | undefined;
  failure: unknown;
  /** Whether its errors were reported to `onMaskedError`. */
  isReported = false;

  /** @param prepare called with the response before it is used */
  constructor(count: number, response: Promise<SubgraphResponse>, prepare: (response: SubgraphResponse) => void) {
    this.count = count;
    this.settled = response.then(
      (given) => {
        prepare(given);
        this.response = given;
        this.isSettled = true;
      },
      (cause: unknown) => {
        this.failure = cause;
        this.isSettled = true;
      },
    );
  }
}

/** The place of an entity in a batch. */
export interface EntitySlot {
  readonly batch: EntityBatch;
  /** In the batch's list of entities. */
  readonly index: number;
}

/** The entities that a run has requested: by question, then by representation. */
export class EntityMemory {
  readonly #asked = new Map<string, Map<string, EntitySlot>>();

  of(question: string): Map<string, EntitySlot> {
    let slots = this.#asked.get(question);
    if (slots === undefined) {
      slots = new Map();
      this.#asked.set(question, slots);
    }
    return slots;
  }
}
