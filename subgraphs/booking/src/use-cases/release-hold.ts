import { forbidden } from '@marquee/errors';

import { HoldExpiredError } from '../errors.ts';
import type { SeatHold } from '../domain/hold.ts';
import { existingHold } from './hold-seats.ts';
import type { Holds } from '../domain/ports.ts';

/**
 * Gives the seats of a hold back. Releasing a released hold again changes nothing.
 *
 * @throws {HoldExpiredError} when the hold is booked or over
 * @throws {CodedError} NOT_FOUND, or FORBIDDEN when the hold is somebody else's
 */
export async function releaseHold(
  deps: { holds: Holds },
  { holdId, customerId }: { holdId: string; customerId: string },
): Promise<SeatHold> {
  const hold = await existingHold(deps.holds, holdId);
  if (hold.customerId !== customerId) throw forbidden('This hold belongs to somebody else.');
  if (hold.status === 'RELEASED') return hold;
  const released = await deps.holds.release(holdId);
  if (!released) throw new HoldExpiredError();
  return released;
}
