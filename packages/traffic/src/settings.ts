import type { AttackerKind } from './actor.ts';
import type { Marketplace } from './marketplace.ts';

export interface TrafficSettings {
  /** The same seed and settings give the same events. */
  readonly seed: number;
  readonly from: Date;
  readonly days: number;
  readonly marketplace: Marketplace;
  /** Honest people, with and without an account. */
  readonly people: number;
  /** Sessions of a person in a week, on average. */
  readonly sessionsPerWeek?: number;
  /** The share of people who come for a show in high demand when its sale opens. */
  readonly crowdShare?: number;
  readonly attackers?: readonly AttackerSettings[];
}

/** The settings of all attackers, in groups that act together. */
interface Ring<Kind extends AttackerKind> {
  readonly kind: Kind;
  /** Groups of this kind. */
  readonly rings: number;
  /** Accounts of a ring; of a click farm visitors without one. */
  readonly accounts: number;
  readonly networks: number;
  readonly devices: number;
  /** From one action to the next, or from the opening of sales to the first. */
  readonly secondsBetween: number;
  /** How irregular that is: 0 like a clock, 1 like a person. */
  readonly jitter: number;
}

/** Buys the best seats the moment that sales open, and passes them on. */
export interface ScalperSettings extends Ring<'SCALPER'> {
  readonly cards: number;
  readonly seatsPerAccount: number;
  readonly showsPerRing: number;
  /** The share of holds that only keep seats from others. */
  readonly hoardShare: number;
  readonly transferShare: number;
  /** Views with which an account makes itself look like a person. */
  readonly decoyViews: number;
}

/** Tries stolen cards with small payments. */
export interface CardTesterSettings extends Ring<'CARD_TESTER'> {
  readonly cards: number;
  readonly approvalRate: number;
  /** The share tried by topping up a wallet rather than by buying a ticket. */
  readonly topUpShare: number;
}

/** Registers accounts with its own invitation, for the rewards. */
export interface ReferralFarmerSettings extends Ring<'REFERRAL_FARMER'> {
  readonly cards: number;
  /** The share of accounts that buy a ticket, the cheapest. */
  readonly buyShare: number;
}

/** Clicks, to push a title or to spend an advertiser's money. */
export interface ClickFarmSettings extends Ring<'CLICK_FARM'> {
  readonly clicksPerDay: number;
  /** The share of clicks on ads. */
  readonly adShare: number;
}

export type AttackerSettings = ScalperSettings | CardTesterSettings | ReferralFarmerSettings | ClickFarmSettings;
