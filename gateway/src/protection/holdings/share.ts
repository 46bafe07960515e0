import type { Identity } from '@marquee/identity';
import type { Held, HolderKind, Ledgers, OnRefused } from './ledger.ts';

/** The holdings of one client's connection; they count for the process, the client's network and its caller. */
export class Share {
  readonly #holders: Map<HolderKind, string>;
  readonly #ledgers: Ledgers;
  readonly #onRefused: OnRefused;
  readonly #held: Record<Held, number> = { sockets: 0, operations: 0, bytes: 0 };
  #isClosed = false;

  constructor(holders: Map<HolderKind, string>, ledgers: Ledgers, onRefused: OnRefused) {
    this.#holders = holders;
    this.#ledgers = ledgers;
    this.#onRefused = onRefused;
  }

  /** Takes an amount. @returns whether every limit allows it; otherwise nothing is taken */
  take(held: Held, amount = 1): boolean {
    if (this.#isClosed) return false;
    for (const [kind, holder] of this.#holders) {
      if (this.#ledgers[kind].hasRoom(holder, held, amount)) continue;
      this.#onRefused(held, kind);
      return false;
    }
    this.#add(held, amount);
    return true;
  }

  release(held: Held, amount = 1): void {
    if (!this.#isClosed) this.#add(held, -amount);
  }

  /** Counts everything for a signed-in user too. @returns whether the limits of a caller allow it */
  belongTo(userId: string | undefined): boolean {
    if (userId === undefined || this.#holders.has('caller')) return true;
    const held = Object.entries(this.#held) as [Held, number][];
    for (const [name, amount] of held) {
      if (this.#ledgers.caller.hasRoom(userId, name, amount)) continue;
      this.#onRefused(name, 'caller');
      return false;
    }
    this.#holders.set('caller', userId);
    for (const [name, amount] of held) this.#ledgers.caller.add(userId, name, amount);
    return true;
  }

  /** Releases all that is held; nothing more can be taken. */
  close(): void {
    for (const [held, amount] of Object.entries(this.#held) as [Held, number][]) this.release(held, amount);
    this.#isClosed = true;
  }

  #add(held: Held, amount: number): void {
    this.#held[held] += amount;
    for (const [kind, holder] of this.#holders) this.#ledgers[kind].add(holder, held, amount);
  }
}

/** A part of a client's memory that grows and shrinks. */
export class HeldBytes {
  readonly #share: Share;
  #size = 0;

  constructor(share: Share) {
    this.#share = share;
  }

  get size(): number {
    return this.#size;
  }

  /** @returns whether the limits allow the size; otherwise it stays as it was */
  resize(size: number): boolean {
    const added = size - this.#size;
    if (added > 0 && !this.#share.take('bytes', added)) return false;
    if (added < 0) this.#share.release('bytes', -added);
    this.#size = size;
    return true;
  }
}

/** The signed-in user of an identity. */
export function userIdOf({ caller }: Identity): string | undefined {
  return caller.kind === 'user' ? caller.userId : undefined;
}
