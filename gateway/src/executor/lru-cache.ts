/** What all entries together may weigh. */
export interface Weighing<K, V> {
  readonly max: number;
  of(key: K, value: V): number;
}

/** Keeps what was used last; drops the least recently used beyond `limit`, and beyond what all may weigh. */
export class LruCache<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #limit: number;
  readonly #weighing: Weighing<K, V> | undefined;
  #weight = 0;

  constructor(limit: number, weighing?: Weighing<K, V>) {
    this.#limit = limit;
    this.#weighing = weighing;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  set(key: K, value: V): void {
    this.#delete(key);
    this.#entries.set(key, value);
    this.#weight += this.#weighing?.of(key, value) ?? 0;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#limit && this.#weight <= (this.#weighing?.max ?? 0)) return;
      this.#delete(oldest);
    }
  }

  values(): Iterable<V> {
    return this.#entries.values();
  }

  #delete(key: K): void {
    const value = this.#entries.get(key);
    if (value === undefined) return;
    this.#entries.delete(key);
    this.#weight -= this.#weighing?.of(key, value) ?? 0;
  }
}
