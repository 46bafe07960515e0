import { badInput } from '@marquee/errors';

import { NotEnoughSeatsError, SeatUnavailableError } from '../errors.ts';
import { bestSeats, freeSeats } from '../domain/best-seats.ts';
import type { SeatHold } from '../domain/hold.ts';
import { claimSeats, existingHold, type HoldDeps } from './hold-seats.ts';
import type { RequestKey } from '../domain/ports.ts';
import { MAX_SEATS } from '../domain/price-seats.ts';
import { sellableShow } from './sellable-show.ts';
import type { Show } from '../domain/show.ts';

export interface HoldBestAvailableDeps extends HoldDeps {
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
}

export interface HoldBestAvailableInput {
  readonly customerId: string;
  readonly showId: string;
  readonly quantity: number;
  readonly tierId?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Each attempt that loses a race looks at the seats anew; a crowd must be very unlucky to lose this many. */
const ATTEMPTS = 25;
/** After a lost race the choice is spread over this many of the best, so that a crowd parts ways. */
const SPREAD = 12;

/**
 * Holds the best free seats, next to each other where possible.
 *
 * @throws {NotEnoughSeatsError} when fewer seats are free than asked for
 * @throws {ShowClosedError} when the show has begun
 * @throws {CodedError} NOT_FOUND for an unknown show, BAD_USER_INPUT for a tier of another show or a wrong quantity
 */
export async function holdBestAvailable(deps: HoldBestAvailableDeps, input: HoldBestAvailableInput): Promise<SeatHold> {
  const { customerId, showId, quantity, tierId, idempotencyKey } = input;
  const body = { showId, quantity, tierId: tierId ?? null };
  return deps.once(
    { caller: customerId, operation: 'holdBestAvailable', key: idempotencyKey, body },
    async (key) => {
      if (quantity < 1 || quantity > MAX_SEATS) throw badInput('input.quantity', `Ask for 1 to ${MAX_SEATS} seats.`);
      const show = await sellableShow(deps, showId);
      return raceForSeats(deps, show, { quantity, tierName: tierNameOf(show, tierId), customerId, key });
    },
    (holdId) => existingHold(deps.holds, holdId),
  );
}

function tierNameOf(show: Show, tierId: string | null | undefined): string | undefined {
  if (tierId === null || tierId === undefined) return undefined;
  const tier = show.tiers.find(({ id }) => id === tierId);
  if (!tier) throw badInput('input.tierId', 'The show has no such price tier.');
  return tier.name;
}

async function raceForSeats(
  deps: HoldBestAvailableDeps,
  show: Show,
  wanted: { quantity: number; tierName: string | undefined; customerId: string; key: RequestKey },
): Promise<SeatHold> {
  const layout = await deps.shows.layout(show.layoutId);
  for (let attempt = 1; ; attempt += 1) {
    const taken = await deps.shows.taken(show);
    const isFree = (seatId: string): boolean => !taken.has(seatId);
    const choices = bestSeats(layout, { ...wanted, isFree });
    const among = attempt === 1 ? 1 : Math.min(choices.length, SPREAD);
    const seatIds = choices[Math.floor(deps.random() * among)];
    if (!seatIds) throw new NotEnoughSeatsError(freeSeats(layout, { ...wanted, isFree }));
    try {
      // Seats that the same customer took in this moment, by another request, are no better choice than others' are.
      const { customerId, key } = wanted;
      return await claimSeats(deps, show, { seatIds, customerId, replacesOwn: false, key });
    } catch (error) {
      if (!(error instanceof SeatUnavailableError) || attempt === ATTEMPTS) throw error;
    }
  }
}
