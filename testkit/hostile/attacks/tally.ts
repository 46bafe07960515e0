/** The outcomes of an attack's operations: how often each error code, type of result or way of being cut off. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(outcomes: readonly string[]): void {
    for (const outcome of outcomes) this.#counts.set(outcome, this.of(outcome) + 1);
  }

  of(outcome: string): number {
    return this.#counts.get(outcome) ?? 0;
  }

  get outcomes(): readonly string[] {
    return [...this.#counts.keys()];
  }

  /** The most frequent first. */
  toString(): string {
    const sorted = [...this.#counts].toSorted(([, a], [, b]) => b - a);
    return sorted.map(([outcome, count]) => `${outcome} ${count}`).join(', ');
  }
}
