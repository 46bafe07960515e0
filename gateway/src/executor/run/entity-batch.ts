import type { SubgraphResponse } from '../../transports/subgraph-transport.ts';

/** One request for entities, which several places of an operation may share. */
export class EntityBatch {
  /** The number of requested entities. */
  readonly count: number;
  /** Resolves when the request has succeeded or failed; never rejects. */
  readonly settled: Promise<void>;
  isSettled = false;
  /** Undefined while the request is in flight and when it failed. */
  response: SubgraphResponse | undefined;
  failure: unknown;
  /** Whether its errors were reported to `onMaskedError`. */
  isReported = false;

  /** @param prepare called once with the response */
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

export interface EntitySlot {
  readonly batch: EntityBatch;
  /** In the batch's list of entities. */
  readonly index: number;
}

/** The entities requested by a run, by {@link fetchKey} and representation. */
export class RequestedEntities {
  readonly #byKey = new Map<string, Map<string, EntitySlot>>();

  of(key: string): Map<string, EntitySlot> {
    let slots = this.#byKey.get(key);
    if (slots === undefined) {
      slots = new Map();
      this.#byKey.set(key, slots);
    }
    return slots;
  }
}
