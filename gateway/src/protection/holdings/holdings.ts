import { type Held, type HolderKind, type HoldingLimits, Ledger, type Ledgers, type OnRefused } from './ledger.ts';
import { Share } from './share.ts';

export interface HoldingsOptions {
  readonly limits: Readonly<Record<HolderKind, HoldingLimits>>;
  readonly onRefused: OnRefused;
}

/** The only holder of the process's ledger. */
const PROCESS = '';

/** The connections, operations and memory that clients keep in this process: in all, by network and by signed-in caller. */
export class Holdings {
  readonly #ledgers: Ledgers;
  readonly #onRefused: OnRefused;

  constructor({ limits, onRefused }: HoldingsOptions) {
    this.#ledgers = {
      process: new Ledger(limits.process),
      network: new Ledger(limits.network),
      caller: new Ledger(limits.caller),
    };
    this.#onRefused = onRefused;
  }

  /** The amount that all clients hold. */
  total(held: Held): number {
    return this.#ledgers.process.of(PROCESS, held);
  }

  /** The share of a new client in a network, which holds nothing yet. */
  shareOf(network: string): Share {
    const holders = new Map<HolderKind, string>([
      ['process', PROCESS],
      ['network', network],
    ]);
    return new Share(holders, this.#ledgers, this.#onRefused);
  }
}
