import type { CancellationTier } from './cancellation-policy.ts';
import type { Money } from './money.ts';

/** A price that some seats of a show have; the sections of its layout name it. */
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
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly salesOpenAt: Date;
  readonly language: string;
  readonly format: string;
  readonly priceFrom: Money;
  /** The cheapest first. */
  readonly tiers: readonly PriceTier[];
  readonly cancellationTiers: readonly CancellationTier[];
  readonly highDemand: boolean;
  readonly soldOut: boolean;
  readonly cancelled: boolean;
}

export type ShowStatus = 'SCHEDULED' | 'ON_SALE' | 'SOLD_OUT' | 'CLOSED' | 'CANCELLED';

/** Whether tickets can be had at a time. Sales end at the start. */
export function showStatus(
  show: Pick<Show, 'cancelled' | 'startsAt' | 'salesOpenAt' | 'soldOut'>,
  now: Date,
): ShowStatus {
  if (show.cancelled) return 'CANCELLED';
  if (show.startsAt <= now) return 'CLOSED';
  if (show.soldOut) return 'SOLD_OUT';
  return show.salesOpenAt <= now ? 'ON_SALE' : 'SCHEDULED';
}

/** A tier's id starts with its show's, so that it is found where its show is. @param position from 0 */
export function tierIdOf(showId: string, position: number): string {
  return `${showId}_t${position + 1}`;
}

/** The id of the show that a tier belongs to; null when it is no tier's id. */
export function showIdOfTier(tierId: string): string | null {
  return /^(.+)_t\d+$/.exec(tierId)?.[1] ?? null;
}

/** What the cheapest seats cost. @param tiers the cheapest first, at least one */
export function cheapest(tiers: readonly PriceTier[]): Money {
  const [first] = tiers;
  if (!first) throw new Error('A show has at least one price tier');
  return first.price;
}
