import { badInput } from '@marquee/errors';
import { newCityId } from '@marquee/subgraph/ids';

import type { Shows, WaitingRooms, Waitlist } from '../domain/ports.ts';
import { MAX_SEATS_PER_HOLD } from '../domain/price-seats.ts';
import { type Buyer, maxSeatsOf, type SeatLimits } from '../domain/seat-limits.ts';
import { hasHadTurn } from '../domain/waiting-room.ts';
import type { WaitlistEntry } from '../domain/waitlist.ts';
import { AdmissionRequiredError, AlreadyWaitingError, SeatLimitExceededError, SeatsAvailableError } from '../errors.ts';
import { tierNameOf } from './hold-best-available.ts';
import { requireShow } from './lookups.ts';
import { assertOnSale } from './show-on-sale.ts';

export interface JoinWaitlistDeps {
  readonly shows: Pick<Shows, 'find' | 'countAvailable' | 'layout'>;
  readonly waitlist: Waitlist;
  readonly waitingRooms: Pick<WaitingRooms, 'place'>;
  readonly seatLimits: SeatLimits;
  readonly now: () => Date;
}

export interface JoinWaitlistInput extends Buyer {
  readonly showId: string;
  readonly partySize: number;
  readonly tierId?: string | null | undefined;
}

/**
 * Puts a party on the waitlist of a show. Joining again changes nothing.
 *
 * @throws {SeatsAvailableError} when there are seats for the party and nobody waits for them
 * @throws {AlreadyWaitingError} when the customer waits as another party
 * @throws {SeatLimitExceededError} when the customer would wait for too many seats in all shows
 * @throws {AdmissionRequiredError} when the show's waiting room has not admitted the customer: nobody waits past it
 * @throws {AccountRestrictedError} when buying is paused for the customer
 * @throws {ShowClosedError} when the show is not on sale
 * @throws {CodedError} NOT_FOUND for an unknown show, BAD_USER_INPUT for a tier of another show or a wrong party size
 */
export async function joinWaitlist(deps: JoinWaitlistDeps, input: JoinWaitlistInput): Promise<WaitlistEntry> {
  const { showId, partySize, tierId = null, customerId, emailVerified } = input;
  const show = await requireShow(deps, showId);
  assertOnSale(show, deps.now());
  if (show.highDemand && !hasHadTurn(await deps.waitingRooms.place(showId, customerId)))
    throw new AdmissionRequiredError();
  const tierName = tierNameOf(show, tierId);
  const places = (await deps.shows.layout(show)).countPlaces(tierName);
  const most = Math.min(MAX_SEATS_PER_HOLD, maxSeatsOf(input, show, deps.seatLimits), places);
  if (partySize < 1 || partySize > most) throw badInput('input.partySize', `Wait with 1 to ${most} people.`);
  const available = await deps.shows.countAvailable(show, tierName);
  if (available >= partySize && !(await deps.waitlist.waitsFor(showId, tierId)))
    throw new SeatsAvailableError(available);
  const id = newCityId(show.cityCode, 'wle');
  const maxSeats = deps.seatLimits.maxUnpaidSeats;
  const entry = await deps.waitlist.join({ id, show, customerId, emailVerified, partySize, tierId, maxSeats });
  if (!entry) throw SeatLimitExceededError.waiting(maxSeats, await deps.waitlist.seatsWaitedFor(customerId));
  if (entry.partySize !== partySize || entry.tierId !== tierId) throw new AlreadyWaitingError();
  return entry;
}
