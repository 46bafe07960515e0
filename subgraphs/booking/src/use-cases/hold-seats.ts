import type { RunIdempotently } from '@marquee/subgraph';

import type { SeatHold } from '../domain/hold.ts';
import type { Holds, Shows } from '../domain/ports.ts';
import { layoutSeatId } from '../domain/seat-id.ts';
import type { Claimant } from '../domain/seat-limits.ts';
import { claimSeats, type ClaimSeatsDeps } from './claim-seats.ts';
import { requireHold } from './lookups.ts';
import { type AdmissionCheck, assertAdmitted, type ShowOnSaleDeps, withShowOnSale } from './show-on-sale.ts';

export interface HoldSeatsDeps extends ClaimSeatsDeps, ShowOnSaleDeps {
  readonly shows: Pick<Shows, 'find' | 'remembered' | 'layout'>;
  readonly holds: Pick<Holds, 'find' | 'claim'>;
  readonly runIdempotently: RunIdempotently;
  readonly admissionTokens: AdmissionCheck;
}

export interface HoldSeatsInput extends Claimant {
  readonly showId: string;
  /** As clients know them. */
  readonly seatIds: readonly string[];
  /** The token from the show's waiting room. */
  readonly admissionToken?: string | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * Holds exactly these seats for one customer while they pay: all of them or none.
 *
 * Overlapping holds of the same customer are released.
 *
 * @throws {SeatUnavailableError} when any seat is sold or held by another customer
 * @throws {SeatLimitExceededError} when the customer would have too many seats
 * @throws {HoldTimeExceededError} when the customer has kept seats of the show for too long without paying
 * @throws {ShowClosedError} when the show has begun
 * @throws {AccountRestrictedError} when buying is paused for the customer
 * @throws {AdmissionRequiredError} when the show's waiting room has not admitted the customer
 * @throws {CodedError} NOT_FOUND for an unknown show, BAD_USER_INPUT for a seat of another show
 */
export async function holdSeats(deps: HoldSeatsDeps, input: HoldSeatsInput): Promise<SeatHold> {
  const { showId, seatIds, admissionToken: token, idempotencyKey, ...buyer } = input;
  return deps.runIdempotently(
    { caller: buyer.customerId, operation: 'holdSeats', key: idempotencyKey, body: { showId, seatIds } },
    async (idempotency) => {
      const claim = { buyer, replacesOwn: true, idempotency };
      return withShowOnSale(deps, showId, async (show) => {
        assertAdmitted(deps, show, { ...buyer, token });
        const chosen = seatIds.map((id) => layoutSeatId(showId, id));
        return claimSeats(deps, show, { ...claim, seatIds: chosen });
      });
    },
    (holdId) => requireHold(deps.holds, holdId),
  );
}
