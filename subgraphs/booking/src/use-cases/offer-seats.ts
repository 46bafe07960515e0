import type { UserError } from '@marquee/errors';
import { AccountRestrictedError } from '@marquee/subgraph';

import type { Waitlist } from '../domain/ports.ts';
import type { Show } from '../domain/show.ts';
import type { WaitingParty } from '../domain/waitlist.ts';
import { mayPass, offerInOrder, type OfferOutcome } from '../domain/waitlist-order.ts';
import { HoldTimeExceededError, SeatLimitExceededError, SeatUnavailableError } from '../errors.ts';
import { choosePlaces, type ChoosePlacesDeps, lookAtSeats } from './choose-places.ts';
import { claimSeats, type ClaimSeatsDeps } from './claim-seats.ts';
import { requireShow, type RequireShowDeps } from './lookups.ts';

export interface OfferSeatsDeps extends ChoosePlacesDeps, ClaimSeatsDeps {
  readonly shows: ChoosePlacesDeps['shows'] & ClaimSeatsDeps['shows'] & RequireShowDeps['shows'];
  readonly waitlist: Pick<Waitlist, 'showsWithFreeSeats' | 'waitingFor' | 'refuse'>;
  readonly now: () => Date;
}

/** Offers free seats to those who wait, in their order; nobody else can hold them meanwhile. */
export async function offerSeats(deps: OfferSeatsDeps): Promise<void> {
  for (const showId of await deps.waitlist.showsWithFreeSeats()) {
    const show = await requireShow(deps, showId);
    const rules = { tierIds: show.tiers.map(({ id }) => id), mayPass: mayPass(show, deps.now()) };
    await offerInOrder(await deps.waitlist.waitingFor(showId), rules, async (party, tierId) => {
      const outcome = await offer(deps, show, { ...party, tierId });
      if (outcome === 'REFUSED') await deps.waitlist.refuse(party);
      return outcome;
    });
  }
}

async function offer(deps: OfferSeatsDeps, show: Show, party: WaitingParty): Promise<OfferOutcome> {
  const { id, partySize: quantity, tierId, customerId, emailVerified } = party;
  const tierName = show.tiers.find((tier) => tier.id === tierId)?.name;
  const seen = await lookAtSeats(deps, show);
  const seatIds = await choosePlaces(deps, show, seen, { quantity, tierName, accessible: false });
  if (!seatIds) return 'TOO_FEW';
  const idempotency = { caller: customerId, operation: 'offerSeats', key: id, requestHash: '' };
  const claim = {
    seatIds,
    buyer: { customerId, emailVerified, signedInAt: null },
    replacesOwn: false,
    offerTo: id,
    idempotency,
  };
  try {
    return (await claimSeats(deps, show, claim)) ? 'OFFERED' : 'CHANGED';
  } catch (error) {
    if (error instanceof SeatUnavailableError) return 'CHANGED';
    if (isRefusal(error)) return 'REFUSED';
    throw error;
  }
}

const isRefusal = (error: unknown): error is UserError =>
  [SeatLimitExceededError, HoldTimeExceededError, AccountRestrictedError].some((refusal) => error instanceof refusal);
