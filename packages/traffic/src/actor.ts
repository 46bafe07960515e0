/** Honest people. Each kind but the first looks like an attacker in some way. */
export const HONEST_KINDS = [
  'CASUAL',
  /** Shares a card and a network at home. */
  'FAMILY',
  /** Shares a network with many others. */
  'OFFICE',
  /** Buys often, and the most seats. */
  'FAN',
  /** Holds seats and lets them go. */
  'HESITANT',
  /** Comes with thousands of others in the minutes when sales open. */
  'CROWD',
] as const;

export const ATTACKER_KINDS = ['SCALPER', 'CARD_TESTER', 'REFERRAL_FARMER', 'CLICK_FARM'] as const;

export type HonestKind = (typeof HONEST_KINDS)[number];
export type AttackerKind = (typeof ATTACKER_KINDS)[number];

/** Who is behind an event: the label. */
export interface Actor {
  /** A person; of attackers the ring, which has many accounts. */
  readonly id: string;
  readonly kind: HonestKind | AttackerKind;
  readonly isAttacker: boolean;
}

export function honest(id: string, kind: HonestKind): Actor {
  return { id, kind, isAttacker: false };
}

export function attacker(id: string, kind: AttackerKind): Actor {
  return { id, kind, isAttacker: true };
}
