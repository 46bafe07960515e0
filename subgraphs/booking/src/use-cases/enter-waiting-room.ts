import { badInput, notFound } from '@marquee/errors';

import type { Shows, WaitingRooms } from '../domain/ports.ts';
import type { Buyer } from '../domain/seat-limits.ts';
import { type Admission, admissionOf, NOT_REQUIRED } from '../domain/waiting-room.ts';
import { requireShow } from './lookups.ts';
import { type AdmissionCheck, isOver } from './show-on-sale.ts';

export interface WaitingRoomDeps {
  readonly shows: Pick<Shows, 'find'>;
  readonly waitingRooms: WaitingRooms;
  readonly admissionTokens: AdmissionCheck & {
    tokenOf(admitted: { showId: string; customerId: string }, validUntil: Date): string;
  };
  /** How long an admission lasts. */
  readonly admissionSeconds: number;
  readonly now: () => Date;
}

export interface EnterWaitingRoomInput extends Buyer {
  readonly showId: string;
}

/**
 * Gives a customer a place in the waiting room of a show in high demand. Entering again changes nothing, unless the
 * customer was admitted and let the time pass: then the place is at the end.
 *
 * @throws {CodedError} NOT_FOUND for an unknown show, BAD_USER_INPUT for one that has begun or is cancelled
 */
export async function enterWaitingRoom(
  deps: WaitingRoomDeps,
  { showId, ...buyer }: EnterWaitingRoomInput,
): Promise<Admission> {
  const show = await requireShow(deps, showId);
  if (isOver(show, deps.now())) throw badInput('showId', 'This show is no longer on sale. Choose another.');
  if (!show.highDemand) return NOT_REQUIRED;
  await deps.waitingRooms.enter(show, buyer);
  await deps.waitingRooms.giveTurns(showId);
  return readAdmission(deps, showId, buyer.customerId);
}

/** @throws {CodedError} NOT_FOUND when the customer has no place, or its time is over */
export async function readAdmission(
  { waitingRooms, admissionTokens, admissionSeconds }: WaitingRoomDeps,
  showId: string,
  customerId: string,
): Promise<Admission> {
  const place = await waitingRooms.place(showId, customerId);
  const admission =
    place &&
    admissionOf(place, admissionSeconds, (validUntil) => admissionTokens.tokenOf({ showId, customerId }, validUntil));
  if (!admission) throw notFound('place in the waiting room');
  return admission;
}
