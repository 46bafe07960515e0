import type { RecentIds } from '../domain/ports.ts';

/** The ids of the last events, in two generations: a full one is forgotten as a whole. */
export class RecentIdWindow implements RecentIds {
  readonly #size: number;
  #present = new Set<string>();
  #former = new Set<string>();

  /** @param size the least number of ids that are known */
  constructor(size: number) {
    this.#size = size;
  }

  has(id: string): boolean {
    return this.#present.has(id) || this.#former.has(id);
  }

  add(ids: Iterable<string>): void {
    for (const id of ids) this.#present.add(id);
    if (this.#present.size < this.#size) return;
    this.#former = this.#present;
    this.#present = new Set();
  }
}
