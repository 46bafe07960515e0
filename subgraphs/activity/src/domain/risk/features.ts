/** Behaviours that risk is made of, as codes that people read in a case. */
export const REASONS = [
  'BURST_OF_BOOKINGS',
  'HELD_WITHOUT_BUYING',
  'DECLINED_CARDS',
  'MANY_CARDS',
  'SHARED_CARD',
  'SHARED_DEVICE',
  'SHARED_NETWORK',
  'REFERRAL_RING',
  'FAST_CLICKS',
  'REGULAR_CLICKS',
  'BULK_BUYING',
  'RESALE',
] as const;

export type Reason = (typeof REASONS)[number];

/**
 * The features of a person, each with the reason that it stands for. A higher value never means less risk, so what an
 * analyst has cleared can be subtracted.
 */
export const FEATURES = {
  /** Bookings made in the last hour. */
  bookingsLastHour: 'BURST_OF_BOOKINGS',
  /** Bookings of the last day that nobody paid, and holds that were let go after a minute or more. */
  abandonedHolds: 'HELD_WITHOUT_BUYING',
  /** The part that they are of all, from 0 to 1. */
  abandonedShare: 'HELD_WITHOUT_BUYING',
  /** Seats of the last day that were held and not bought, in shows in high demand. */
  abandonedInDemand: 'HELD_WITHOUT_BUYING',
  /** Cards that were declined in the last day: one that is tried again counts once. */
  declinedCards: 'DECLINED_CARDS',
  /** The same of others on the same device. */
  declinedOnDevice: 'DECLINED_CARDS',
  /** Cards tried in the last day. */
  cards: 'MANY_CARDS',
  /** Other people who paid with the same card in the last 30 days; of several cards the most. */
  accountsOnCard: 'SHARED_CARD',
  /** Other people on the same device in the last week. */
  accountsOnDevice: 'SHARED_DEVICE',
  accountsOnNetwork: 'SHARED_NETWORK',
  /** Other people who joined by the same invitation, and share a device or card, beyond a household. */
  invitedTogether: 'REFERRAL_RING',
  /** Where the person is one of them: those who joined by it in the last week and share a device or card with another. */
  invitationRing: 'REFERRAL_RING',
  /** Clicks of the last day that followed the one before faster than a person is. */
  fastClicks: 'FAST_CLICKS',
  /** How evenly clicks follow each other, from 0 to 1 like a clock. */
  clickRegularity: 'REGULAR_CLICKS',
  /** Seats bought in the last week in shows in high demand. */
  highDemandSeats: 'BULK_BUYING',
  /** The same of others who pay with the same card. */
  highDemandSeatsOnCard: 'BULK_BUYING',
  /** Seats of the last week that were passed on. */
  transferredSeats: 'RESALE',
  transferredShare: 'RESALE',
} as const satisfies Readonly<Record<string, Reason>>;

export type FeatureName = keyof typeof FEATURES;
export type Features = Readonly<Record<FeatureName, number>>;

export const FEATURE_NAMES = Object.keys(FEATURES) as FeatureName[];

/**
 * The features that the model reads. That many people share a device or network says nothing by itself, and how many is
 * without bounds: rules and the features of what they do together read it.
 */
export const MODEL_FEATURES = FEATURE_NAMES.filter(
  (name) => name !== 'accountsOnDevice' && name !== 'accountsOnNetwork',
);

/** Features by name; those that are missing are 0. */
export function featuresOf(values: Partial<Record<string, number | null>>): Features {
  return Object.fromEntries(FEATURE_NAMES.map((name) => [name, values[name] ?? 0])) as Record<FeatureName, number>;
}

/** The part of a person's features that goes beyond what an analyst has cleared. */
export function beyondCleared(features: Features, cleared: Features | null): Features {
  if (!cleared) return features;
  return featuresOf(
    Object.fromEntries(FEATURE_NAMES.map((name) => [name, Math.max(0, features[name] - cleared[name])])),
  );
}
