import { badInput } from '@marquee/errors';
import type { Money } from '@marquee/money';

import type { CancellationTier } from './cancellation-policy.ts';

/** A price for some of a show's seats; sections of the seat layout refer to it by name. */
export interface PriceTier {
  readonly id: string;
  readonly name: string;
  readonly price: Money;
}

/** A performance of a title on a screen. */
export interface Show {
  readonly id: string;
  readonly cityCode: string;
  readonly titleId: string;
  readonly venueId: string;
  readonly screenId: string;
  readonly layoutId: string;
  /** Grows with each change of the schedule. */
  readonly version: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly salesOpenAt: Date;
  readonly language: string;
  readonly format: string;
  readonly priceFrom: Money;
  /** Cheapest first. */
  readonly tiers: readonly PriceTier[];
  readonly cancellationTiers: readonly CancellationTier[];
  readonly highDemand: boolean;
  /** The most seats of one customer; null for the default. */
  readonly maxSeatsPerCustomer: number | null;
  /** Whether a ticket may pass to another person. */
  readonly transferable: boolean;
  readonly soldOut: boolean;
  readonly cancelled: boolean;
}

/** A show after a change of the version that it had. */
export interface ChangedShow extends Pick<
  Show,
  'id' | 'cityCode' | 'screenId' | 'version' | 'startsAt' | 'endsAt' | 'tiers' | 'highDemand'
> {
  readonly screenFreeAt: Date;
  /** The seat layout of its screen when it was put there. */
  readonly layoutId: string;
}

export type ShowStatus = 'SCHEDULED' | 'ON_SALE' | 'SOLD_OUT' | 'CLOSED' | 'CANCELLED';

/** The sale status at a time. Sales close at the start. */
export function showStatus(show: Show, now: Date): ShowStatus {
  if (show.cancelled) return 'CANCELLED';
  if (show.startsAt <= now) return 'CLOSED';
  if (show.soldOut) return 'SOLD_OUT';
  return show.salesOpenAt <= now ? 'ON_SALE' : 'SCHEDULED';
}

/** Whether a show may still be changed: it is neither started nor cancelled. */
export function isUpcoming({ cancelled, startsAt }: Pick<Show, 'cancelled' | 'startsAt'>, now: Date): boolean {
  return !cancelled && startsAt > now;
}

const MOST_SEATS_PER_CUSTOMER = 100;

/** The most seats of one customer; null for the default. @throws {CodedError} BAD_USER_INPUT */
export function customerLimit(field: string, seats: number | null): number | null {
  if (seats === null || (seats >= 1 && seats <= MOST_SEATS_PER_CUSTOMER)) return seats;
  throw badInput(field, `Enter 1 to ${MOST_SEATS_PER_CUSTOMER} seats.`);
}

const MOST_ADMISSIONS_PER_MINUTE = 100_000;

/** How many people a waiting room admits a minute; null for the default. @throws {CodedError} BAD_USER_INPUT */
export function admissionRate(field: string, people: number | null): number | null {
  if (people === null || (people >= 1 && people <= MOST_ADMISSIONS_PER_MINUTE)) return people;
  throw badInput(field, `Enter 1 to ${MOST_ADMISSIONS_PER_MINUTE} people.`);
}

/** The id of a tier, prefixed with its show's id. @param position from 0 */
export function newTierId(showId: string, position: number): string {
  return `${showId}_t${position + 1}`;
}

/** The show id in a tier id, or null if the id is malformed. */
export function showIdOfTier(tierId: string): string | null {
  return /^(.+)_t\d+$/.exec(tierId)?.[1] ?? null;
}

/** The price of the cheapest tier. @param tiers cheapest first, at least one */
export function lowestPrice(tiers: readonly PriceTier[]): Money {
  const [first] = tiers;
  if (!first) throw new Error('A show has at least one price tier');
  return first.price;
}
