/** Open connections, open operations on them, and the memory that these keep, in bytes. */
export type Held = 'sockets' | 'operations' | 'bytes';

export type HolderKind = 'process' | 'network' | 'caller';

export type HoldingLimits = Readonly<Record<Held, number>>;

/** The holdings of each of some holders, such as each network, up to the same limits. */
export class Ledger {
  readonly #limits: HoldingLimits;
  readonly #amounts = new Map<string, Record<Held, number>>();

  constructor(limits: HoldingLimits) {
    this.#limits = limits;
  }

  of(holder: string, held: Held): number {
    return this.#amounts.get(holder)?.[held] ?? 0;
  }

  hasRoom(holder: string, held: Held, amount: number): boolean {
    return this.of(holder, held) + amount <= this.#limits[held];
  }

  /** Adds an amount, or takes it off when negative. A holder of nothing is forgotten. */
  add(holder: string, held: Held, amount: number): void {
    const amounts = this.#amounts.get(holder) ?? { sockets: 0, operations: 0, bytes: 0 };
    amounts[held] += amount;
    if (amounts.sockets + amounts.operations + amounts.bytes === 0) this.#amounts.delete(holder);
    else this.#amounts.set(holder, amounts);
  }
}

export type Ledgers = Readonly<Record<HolderKind, Ledger>>;

/** Called when a limit refuses something. */
export type OnRefused = (held: Held, by: HolderKind) => void;
