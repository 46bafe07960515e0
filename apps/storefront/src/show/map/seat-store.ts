import type { SeatStatus } from '../../generated/graphql.ts';

/** The state of a seat for the person who looks. */
export type SeatLook = 'free' | 'chosen' | 'mine' | 'held' | 'sold' | 'blocked';

export interface SeatChange {
  readonly version: number;
  readonly seats: readonly { readonly id: string; readonly status: SeatStatus }[];
}

/** `stale` is an old event; `gap` means that changes are missing and the map is to be read again. */
export type Applied = 'applied' | 'stale' | 'gap';

const LOOKS: Readonly<Record<SeatStatus, SeatLook>> = {
  AVAILABLE: 'free',
  HELD: 'held',
  SOLD: 'sold',
  BLOCKED: 'blocked',
};

/** The seats of a show as they are now; a change is told only to those who look at its seat. */
export class SeatStore {
  readonly #statuses = new Map<string, SeatStatus>();
  readonly #watchers = new Map<string, Set<() => void>>();
  readonly #listeners = new Set<() => void>();
  #wanted: ReadonlySet<string> = new Set();
  #mine: ReadonlySet<string> = new Set();
  #version = -1;
  #latest = -1;
  #seats: ReadonlySet<string> = new Set();

  get version(): number {
    return this.#version;
  }

  /** Whether events came that the map does not lead up to. */
  get isBehind(): boolean {
    return this.#latest > this.#version;
  }

  /** Seats that the person wants to have, held for them or not. */
  get wanted(): ReadonlySet<string> {
    return this.#wanted;
  }

  /** Seats that are held for the person. */
  get mine(): ReadonlySet<string> {
    return this.#mine;
  }

  /** Replaces all statuses by those of a map, unless it is older than what is known. */
  load(version: number, seats: SeatChange['seats']): void {
    if (version < this.#version) return;
    this.#version = version;
    this.#latest = Math.max(this.#latest, version);
    this.#seats = new Set(seats.map(({ id }) => id));
    this.#set(seats);
  }

  /** Applies an event. @param isCatchUp whether it may join several versions */
  apply({ version, seats }: SeatChange, isCatchUp = false): Applied {
    if (version <= this.#version) return 'stale';
    this.#latest = Math.max(this.#latest, version);
    if (!isCatchUp && version !== this.#version + 1) return 'gap';
    this.#version = version;
    this.#set(seats);
    return 'applied';
  }

  /** Whether the plan has it; standing places have no seats. */
  isSeat(id: string): boolean {
    return this.#seats.has(id);
  }

  countFree(): number {
    let count = 0;
    for (const id of this.#seats) if (this.#statuses.get(id) === 'AVAILABLE') count += 1;
    return count;
  }

  look(id: string): SeatLook {
    if (this.#wanted.has(id)) return this.#mine.has(id) ? 'mine' : 'chosen';
    if (this.#mine.has(id)) return 'free';
    return LOOKS[this.#statuses.get(id) ?? 'BLOCKED'];
  }

  isTakenByOthers(id: string): boolean {
    return !this.#mine.has(id) && this.#statuses.get(id) !== 'AVAILABLE';
  }

  want(ids: Iterable<string>): void {
    const before = this.#wanted;
    this.#wanted = new Set(ids);
    this.#tell(differing(before, this.#wanted));
  }

  /** Sets the seats that are held for the person; new ones are wanted as well. */
  hold(ids: Iterable<string>): void {
    const before = this.#mine;
    this.#mine = new Set(ids);
    this.#wanted = new Set([...this.#wanted, ...[...this.#mine].filter((id) => !before.has(id))]);
    this.#tell(differing(before, this.#mine));
  }

  /** Called when a seat changes. @returns a function that ends it */
  watch(id: string, watcher: () => void): () => void {
    const watchers = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, watchers.add(watcher));
    return () => watchers.delete(watcher);
  }

  /** Called when anything changes. @returns a function that ends it */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(seats: SeatChange['seats']): void {
    const changed = seats.filter(({ id, status }) => this.#statuses.get(id) !== status);
    for (const { id, status } of changed) this.#statuses.set(id, status);
    this.#tell(changed.map(({ id }) => id));
  }

  #tell(ids: readonly string[]): void {
    if (ids.length === 0) return;
    for (const id of ids) for (const watcher of this.#watchers.get(id) ?? []) watcher();
    for (const listener of this.#listeners) listener();
  }
}

function differing(a: ReadonlySet<string>, b: ReadonlySet<string>): string[] {
  return [...[...a].filter((id) => !b.has(id)), ...[...b].filter((id) => !a.has(id))];
}
