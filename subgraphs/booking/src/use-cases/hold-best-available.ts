import type { IdempotencyRow } from '@marquee/database';
import { badInput } from '@marquee/errors';

import type { SeatHold } from '../domain/hold.ts';
import type { Shows } from '../domain/ports.ts';
import { MAX_SEATS_PER_HOLD } from '../domain/price-seats.ts';
import type { Claimant } from '../domain/seat-limits.ts';
import type { Show } from '../domain/show.ts';
import { NotEnoughSeatsError, SeatsKeptError, SeatUnavailableError } from '../errors.ts';
import {
  choosePlaces,
  type ChoosePlacesDeps,
  lookAtSeats,
  type PlacesWanted,
  type SeenSeats,
  withLost,
} from './choose-places.ts';
import { claimSeats } from './claim-seats.ts';
import type { HoldSeatsDeps } from './hold-seats.ts';
import { requireHold } from './lookups.ts';
import { assertAdmitted, withShowOnSale } from './show-on-sale.ts';

export interface HoldBestAvailableDeps extends HoldSeatsDeps, ChoosePlacesDeps {
  readonly shows: Shows;
}

export interface HoldBestAvailableInput extends Claimant {
  readonly showId: string;
  readonly quantity: number;
  readonly tierId?: string | null | undefined;
  /** Whether one of them has to be a wheelchair place, with the others as its companions. */
  readonly accessible?: boolean | null | undefined;
  /** The token from the show's waiting room. */
  readonly admissionToken?: string | null | undefined;
  readonly idempotencyKey: string;
}

interface SeatsWanted extends PlacesWanted {
  readonly buyer: Claimant;
  readonly idempotency: IdempotencyRow;
}

/** Attempts before giving up. Even in a crowd, losing this many is very unlikely. */
const MAX_ATTEMPTS = 25;
/** Lost races after which the seats are read again. */
const LOSSES_BEFORE_LOOK = 5;

/**
 * Holds the best free seats, adjacent where possible, or standing places.
 *
 * @throws {AccountRestrictedError} when buying is paused for the customer
 * @throws {NotEnoughSeatsError} when too few seats are free
 * @throws {SeatLimitExceededError} when the customer would have too many seats
 * @throws {HoldTimeExceededError} when the customer has kept seats of the show for too long without paying
 * @throws {ShowClosedError} when the show has begun
 * @throws {AdmissionRequiredError} when the show's waiting room has not admitted the customer
 * @throws {CodedError} NOT_FOUND for an unknown show, BAD_USER_INPUT for a tier of another show or a wrong quantity
 */
export async function holdBestAvailable(deps: HoldBestAvailableDeps, input: HoldBestAvailableInput): Promise<SeatHold> {
  const { showId, quantity, tierId = null, idempotencyKey, customerId, emailVerified, signedInAt } = input;
  const accessible = input.accessible ?? false;
  const buyer = { customerId, emailVerified, signedInAt };
  return deps.runIdempotently(
    {
      caller: customerId,
      operation: 'holdBestAvailable',
      key: idempotencyKey,
      body: { showId, quantity, tierId, accessible },
    },
    async (idempotency) => {
      if (quantity < 1 || quantity > MAX_SEATS_PER_HOLD) {
        throw badInput('input.quantity', `Ask for 1 to ${MAX_SEATS_PER_HOLD} seats.`);
      }
      return withShowOnSale(deps, showId, async (show) => {
        assertAdmitted(deps, show, { customerId, token: input.admissionToken });
        const tierName = tierNameOf(show, tierId);
        return raceForSeats(deps, show, { quantity, tierName, accessible, buyer, idempotency });
      });
    },
    (holdId) => requireHold(deps.holds, holdId),
  );
}

/** The name of one of the show's price tiers. @throws {CodedError} BAD_USER_INPUT */
export function tierNameOf(show: Show, tierId: string | null): string | undefined {
  if (tierId === null) return undefined;
  const tier = show.tiers.find(({ id }) => id === tierId);
  if (!tier) throw badInput('input.tierId', 'Choose a price tier of this show.');
  return tier.name;
}

/**
 * @returns null when the show has changed since it was read
 * @throws {AccountRestrictedError} when buying is paused for the customer
 * @throws {NotEnoughSeatsError} also when others were quicker each time
 */
async function raceForSeats(deps: HoldBestAvailableDeps, show: Show, wanted: SeatsWanted): Promise<SeatHold | null> {
  const { buyer, idempotency } = wanted;
  let seen = await lookAtSeats(deps, show);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    if (seen.losses === LOSSES_BEFORE_LOOK) seen = await lookAtSeats(deps, show);
    const seatIds = await choosePlaces(deps, show, seen, wanted);
    if (!seatIds && seen.losses === 0) break;
    if (!seatIds) {
      seen = await lookAtSeats(deps, show);
      continue;
    }
    try {
      // A seat that another request of the same customer has just taken is lost, not released to this one.
      const claim = { seatIds, buyer, replacesOwn: false, idempotency };
      return await deps.seatsInFlight.during(show.id, seatIds, () => claimSeats(deps, show, claim));
    } catch (error) {
      if (error instanceof SeatsKeptError) throw new NotEnoughSeatsError(0);
      if (!(error instanceof SeatUnavailableError)) throw error;
      seen = withLost(seen, error.layoutSeatIds);
    }
  }
  throw await notEnough(deps, show, seen, wanted);
}

async function notEnough(
  { shows }: Pick<HoldBestAvailableDeps, 'shows'>,
  show: Show,
  { layout, taken }: SeenSeats,
  { tierName, accessible }: SeatsWanted,
): Promise<NotEnoughSeatsError> {
  const isWheelchairPlaceLeft = layout.sections.some(
    (section) =>
      (tierName === undefined || section.tierName === tierName) &&
      section.rows.some(({ seats }) => seats.some((seat) => seat.accessible && !taken.has(seat.id))),
  );
  if (accessible && !isWheelchairPlaceLeft) return new NotEnoughSeatsError(0, 'wheelchair place');
  return new NotEnoughSeatsError(await shows.countAvailable(show, tierName));
}
