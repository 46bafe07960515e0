import { notFound } from '@marquee/errors';

import { requireOwner } from '../access.ts';
import type { Holds, Waitlist } from '../domain/ports.ts';
import type { WaitlistEntry } from '../domain/waitlist.ts';
import { WaitlistEndedError } from '../errors.ts';

export interface LeaveWaitlistDeps {
  readonly waitlist: Pick<Waitlist, 'find' | 'leave'>;
  readonly holds: Pick<Holds, 'release'>;
}

/**
 * Takes a party off a waitlist, and releases the seats that it was offered. Leaving again changes nothing.
 *
 * @throws {WaitlistEndedError} when the seats are booked, or the offer of them is over
 * @throws {CodedError} NOT_FOUND, or FORBIDDEN for another customer's entry
 */
export async function leaveWaitlist(
  deps: LeaveWaitlistDeps,
  input: { readonly entryId: string; readonly customerId: string },
): Promise<WaitlistEntry> {
  const { waitlist, holds } = deps;
  const { entryId, customerId } = input;
  const entry = await waitlist.find(entryId);
  if (!entry) throw notFound('entry of the waitlist');
  requireOwner('entry of the waitlist', entry, customerId);
  if (entry.status === 'LEFT') return entry;
  if (entry.holdId !== null && !(await holds.release(entry.holdId))) throw new WaitlistEndedError();
  // It was offered seats meanwhile: these are released as well.
  if (!(await waitlist.leave(entry))) return leaveWaitlist(deps, input);
  return { ...entry, status: 'LEFT', position: null };
}
