import type { IdempotencyRow } from '@marquee/database';
import { badInput } from '@marquee/errors';

import { bestSeats } from '../domain/best-seats.ts';
import type { SeatHold } from '../domain/hold.ts';
import type { Shows } from '../domain/ports.ts';
import { MAX_SEATS_PER_HOLD } from '../domain/price-seats.ts';
import type { Buyer } from '../domain/seat-limits.ts';
import type { Show } from '../domain/show.ts';
import { NotEnoughSeatsError, SeatUnavailableError } from '../errors.ts';
import { claimSeats } from './claim-seats.ts';
import type { HoldSeatsDeps } from './hold-seats.ts';
import { requireHold } from './lookups.ts';
import { withShowOnSale } from './show-on-sale.ts';

export interface HoldBestAvailableDeps extends HoldSeatsDeps {
  readonly shows: Shows;
  /** A number from 0 up to, but not including, 1. */
  readonly random: () => number;
}

export interface HoldBestAvailableInput extends Buyer {
  readonly showId: string;
  readonly quantity: number;
  readonly tierId?: string | null | undefined;
  readonly idempotencyKey: string;
}

interface SeatsWanted {
  readonly quantity: number;
  readonly tierName: string | undefined;
  readonly buyer: Buyer;
  readonly idempotency: IdempotencyRow;
}

/** Attempts before giving up; each reads the free seats again. Even in a crowd, losing this many is very unlikely. */
const MAX_ATTEMPTS = 25;
/** After a lost race one of this many best choices is picked at random, so that competing customers diverge. */
const CHOICES_AFTER_CONFLICT = 12;

/**
 * Holds the best free seats, adjacent where possible.
 *
 * @throws {NotEnoughSeatsError} when too few seats are free
 * @throws {SeatLimitExceededError} when the customer would have too many seats
 * @throws {HoldTimeExceededError} when the customer has kept seats of the show for too long without paying
 * @throws {ShowClosedError} when the show has begun
 * @throws {CodedError} NOT_FOUND for an unknown show, BAD_USER_INPUT for a tier of another show or a wrong quantity
 */
export async function holdBestAvailable(deps: HoldBestAvailableDeps, input: HoldBestAvailableInput): Promise<SeatHold> {
  const { showId, quantity, tierId = null, idempotencyKey, ...buyer } = input;
  return deps.runIdempotently(
    {
      caller: buyer.customerId,
      operation: 'holdBestAvailable',
      key: idempotencyKey,
      body: { showId, quantity, tierId },
    },
    async (idempotency) => {
      if (quantity < 1 || quantity > MAX_SEATS_PER_HOLD) {
        throw badInput('input.quantity', `Ask for 1 to ${MAX_SEATS_PER_HOLD} seats.`);
      }
      return withShowOnSale(deps, showId, (show) =>
        raceForSeats(deps, show, { quantity, tierName: tierNameOf(show, tierId), buyer, idempotency }),
      );
    },
    (holdId) => requireHold(deps.holds, holdId),
  );
}

function tierNameOf(show: Show, tierId: string | null): string | undefined {
  if (tierId === null) return undefined;
  const tier = show.tiers.find(({ id }) => id === tierId);
  if (!tier) throw badInput('input.tierId', 'Choose a price tier of this show.');
  return tier.name;
}

/** @returns null when the show has changed since it was read */
async function raceForSeats(deps: HoldBestAvailableDeps, show: Show, wanted: SeatsWanted): Promise<SeatHold | null> {
  const { buyer, idempotency } = wanted;
  for (let attempt = 1; ; attempt += 1) {
    const seatIds = await chooseSeats(deps, show, wanted, attempt);
    try {
      // A seat that another request of the same customer has just taken is lost, not released to this one.
      return await claimSeats(deps, show, { seatIds, buyer, replacesOwn: false, idempotency });
    } catch (error) {
      if (!(error instanceof SeatUnavailableError) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

async function chooseSeats(
  deps: HoldBestAvailableDeps,
  show: Show,
  { quantity, tierName }: SeatsWanted,
  attempt: number,
): Promise<readonly string[]> {
  const [layout, taken] = await Promise.all([deps.shows.layout(show), deps.shows.taken(show)]);
  const isFree = (seatId: string): boolean => !taken.has(seatId);
  const choices = bestSeats(layout, { quantity, tierName, isFree });
  const considered = attempt === 1 ? 1 : Math.min(choices.length, CHOICES_AFTER_CONFLICT);
  const seatIds = choices[Math.floor(deps.random() * considered)];
  if (!seatIds) throw new NotEnoughSeatsError(await deps.shows.countAvailable(show, tierName));
  return seatIds;
}
