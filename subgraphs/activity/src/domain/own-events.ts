import { cityCodeOf } from '@marquee/subgraph/ids';

import { OWN_EVENTS, type OwnEvent } from './event-names.ts';

/** Something that the marketplace did for a person. */
export interface OwnActivity {
  readonly name: OwnEvent;
  /** With the name, what it is told apart by: the id of its hold, or of the event that told of it. */
  readonly of: string;
  readonly userId: string;
  readonly at: Date;
  readonly showId: string;
  readonly titleId: string | null;
  readonly bookingId: string | null;
}

interface Told {
  readonly id: string;
  readonly occurredAt: string;
}

interface OfBooking {
  readonly bookingId: string;
  readonly customerId: string;
  readonly showId: string;
  readonly titleId?: string;
}

/** A change of a booking. */
export function bookingActivity(name: OwnEvent, { id, occurredAt }: Told, booking: OfBooking): OwnActivity {
  const { bookingId, customerId: userId, showId, titleId = null } = booking;
  return { name, of: id, userId, at: new Date(occurredAt), showId, titleId, bookingId };
}

/** A booking was made, of seats that were held before. */
export function requestActivity(told: Told, booking: OfBooking): OwnActivity[] {
  const requested = bookingActivity(OWN_EVENTS.BOOKING_REQUESTED, told, booking);
  const held = { ...requested, name: OWN_EVENTS.SEATS_HELD, bookingId: null, at: new Date(requested.at.getTime() - 1) };
  return [held, requested];
}

interface EndedHold {
  readonly holdId: string;
  readonly customerId: string;
  readonly showId: string;
  readonly heldSeconds: number;
}

/** Seats were held that were not booked in the end. */
export function heldActivity({ occurredAt }: Told, hold: EndedHold): OwnActivity {
  const { holdId, customerId: userId, showId, heldSeconds } = hold;
  const at = new Date(new Date(occurredAt).getTime() - heldSeconds * 1_000);
  return { name: OWN_EVENTS.SEATS_HELD, of: holdId, userId, at, showId, titleId: null, bookingId: null };
}

/** The city in which something happened. */
export const cityOf = ({ showId }: OwnActivity): string | null => cityCodeOf(showId);
