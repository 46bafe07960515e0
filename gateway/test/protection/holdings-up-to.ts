import { Holdings } from '../../src/protection/holdings/holdings.ts';
import type { Held, HoldingLimits, OnRefused } from '../../src/protection/holdings/ledger.ts';

const UNLIMITED: HoldingLimits = { sockets: Infinity, operations: Infinity, bytes: Infinity };

/** Holdings with limits for a network and, if given, for the process and a caller. */
export function holdingsUpTo(
  network: Partial<Record<Held, number>>,
  others: { readonly process?: object; readonly caller?: object; readonly onRefused?: OnRefused } = {},
): Holdings {
  const limits = {
    process: { ...UNLIMITED, ...others.process },
    network: { ...UNLIMITED, ...network },
    caller: { ...UNLIMITED, ...others.caller },
  };
  return new Holdings({ limits, onRefused: others.onRefused ?? (() => {}) });
}
