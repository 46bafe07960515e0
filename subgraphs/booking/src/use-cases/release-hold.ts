import { requireOwner } from '../access.ts';
import type { SeatHold } from '../domain/hold.ts';
import type { Holds } from '../domain/ports.ts';
import { HoldExpiredError } from '../errors.ts';
import { requireHold } from './lookups.ts';

export interface ReleaseHoldDeps {
  readonly holds: Pick<Holds, 'find' | 'release'>;
}

/**
 * Releases a hold. Releasing it again changes nothing.
 *
 * @throws {HoldExpiredError} when the hold is booked or expired
 * @throws {CodedError} NOT_FOUND, or FORBIDDEN for another customer's hold
 */
export async function releaseHold(
  { holds }: ReleaseHoldDeps,
  { holdId, customerId }: { holdId: string; customerId: string },
): Promise<SeatHold> {
  const hold = await requireHold(holds, holdId);
  requireOwner('hold', hold, customerId);
  if (hold.status === 'RELEASED') return hold;
  const released = await holds.release(holdId);
  if (!released) throw new HoldExpiredError();
  return released;
}
