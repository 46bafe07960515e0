import { ATTACKER_KINDS, type AttackerKind, type AttackerSettings } from '@marquee/traffic';

import { UsageError } from '../command.ts';

/** A ring of each kind, small and hurried enough to act within minutes, and to register within a network's limit. */
const RINGS: Readonly<Record<AttackerKind, AttackerSettings>> = {
  SCALPER: {
    ...{ kind: 'SCALPER', rings: 1, accounts: 8, networks: 2, devices: 2, cards: 2, seatsPerAccount: 4 },
    ...{ secondsBetween: 0.8, jitter: 0.2, showsPerRing: 1, hoardShare: 0.25, transferShare: 0, decoyViews: 2 },
  },
  CARD_TESTER: {
    ...{ kind: 'CARD_TESTER', rings: 1, accounts: 2, networks: 1, devices: 1, cards: 24 },
    ...{ secondsBetween: 3, jitter: 0.2, approvalRate: 0.08, topUpShare: 0.5 },
  },
  REFERRAL_FARMER: {
    ...{ kind: 'REFERRAL_FARMER', rings: 1, accounts: 8, networks: 1, devices: 1, cards: 1 },
    ...{ secondsBetween: 6, jitter: 0.3, buyShare: 1 },
  },
  CLICK_FARM: {
    // A day's clicks, of which a minute's are made.
    ...{ kind: 'CLICK_FARM', rings: 1, accounts: 400, networks: 2, devices: 3 },
    ...{ secondsBetween: 1, jitter: 0.1, clicksPerDay: 24_000, adShare: 0 },
  },
};

/** @param names separated by commas, such as `scalper,card-tester`; all when undefined */
export function attackersNamed(names: string | undefined): AttackerSettings[] {
  if (names === undefined) return ATTACKER_KINDS.map((kind) => RINGS[kind]);
  const wanted = names.split(',').filter((name) => name !== '' && name !== 'none');
  return wanted.map((name) => {
    const kind = ATTACKER_KINDS.find((each) => each === name.toUpperCase().replaceAll('-', '_'));
    if (!kind) throw new UsageError();
    return RINGS[kind];
  });
}
