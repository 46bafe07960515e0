import type { SubgraphResponse } from '../../transports/subgraph-transport.ts';

/** One request for entities, and what came of it. Several places of an operation may draw on it. */
export class EntityBatch {
  /** How many entities were asked for. */
  readonly count: number;
  /** Resolves when the batch is settled; never rejects. */
  readonly settled: Promise<void>;
  isSettled = false;
  /** Absent while the batch is not settled, and when it failed. */
  response: SubgraphResponse | undefined;
  failure: unknown;
  /** Whether somebody was told of its errors already. */
  isTold = false;

  /** @param prepare is given the response before anybody else. */
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

/** Where an entity is to be found. */
export interface EntitySlot {
  readonly batch: EntityBatch;
  /** In the batch's list of entities. */
  readonly index: number;
}

/** What a run has asked for already: by what was asked, the entities by their representation. */
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
