import type { Features, Reason } from './features.ts';

/** A behaviour that is suspect by itself. */
interface Rule {
  readonly reason: Reason;
  /** Its share of certainty, from 0 to 1, unless the configuration has another. */
  readonly weight: number;
  isMet(features: Features): boolean;
}

const RULES = {
  CARD_TESTING: {
    reason: 'MANY_CARDS',
    weight: 0.9,
    isMet: ({ cards, declinedCards }) => cards >= 4 && declinedCards >= 3,
  },
  DECLINES: { reason: 'DECLINED_CARDS', weight: 0.5, isMet: ({ declinedCards }) => declinedCards >= 8 },
  CARD_OF_MANY: { reason: 'SHARED_CARD', weight: 0.7, isMet: ({ accountsOnCard }) => accountsOnCard >= 5 },
  DEVICE_OF_MANY: { reason: 'SHARED_DEVICE', weight: 0.3, isMet: ({ accountsOnDevice }) => accountsOnDevice >= 5 },
  INVITING_ONESELF: { reason: 'REFERRAL_RING', weight: 0.9, isMet: ({ invitedTogether }) => invitedTogether >= 3 },
  HOARDING: {
    reason: 'HELD_WITHOUT_BUYING',
    weight: 0.6,
    isMet: ({ abandonedHolds, abandonedShare }) => abandonedHolds >= 12 && abandonedShare >= 0.7,
  },
  INHUMAN_SPEED: { reason: 'FAST_CLICKS', weight: 0.4, isMet: ({ fastClicks }) => fastClicks >= 40 },
  CLOCKWORK: { reason: 'REGULAR_CLICKS', weight: 0.4, isMet: ({ clickRegularity }) => clickRegularity >= 0.9 },
  CARD_BUYS_MANY: {
    reason: 'BULK_BUYING',
    weight: 0.7,
    isMet: ({ highDemandSeats, highDemandSeatsOnCard }) => highDemandSeats >= 8 && highDemandSeatsOnCard >= 8,
  },
  RESELLING: {
    reason: 'RESALE',
    weight: 0.8,
    isMet: ({ highDemandSeats, transferredShare }) => highDemandSeats >= 12 && transferredShare >= 0.5,
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof RULES;

/** Weights that differ from the rules' own; 0 switches a rule off. */
export type RuleWeights = Partial<Record<RuleName, number>>;

export function isRuleName(name: string): name is RuleName {
  return Object.hasOwn(RULES, name);
}

/** The rules that a person's features meet. */
export interface RuleVerdict {
  /** How sure they are together, each being another witness. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}

export function applyRules(features: Features, weights: RuleWeights): RuleVerdict {
  const met = (Object.entries(RULES) as [RuleName, Rule][])
    .map(([name, rule]) => ({ ...rule, weight: weights[name] ?? rule.weight }))
    .filter(({ weight, isMet }) => weight > 0 && isMet(features));
  const doubt = met.reduce((left, { weight }) => left * (1 - weight), 1);
  return { score: 1 - doubt, reasons: [...new Set(met.map(({ reason }) => reason))] };
}
