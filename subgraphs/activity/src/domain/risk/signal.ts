/** A fact about a person, from one event. */
export interface Signal {
  readonly eventId: string;
  readonly userId: string;
  readonly kind: SignalKind;
  /** RFC 3339. */
  readonly at: string;
  /** The card of a payment, the code that an account joined with, the person for whom a reward was given. */
  readonly subject?: string | null;
  readonly showId?: string;
  readonly bookingId?: string | null;
  readonly seats?: number;
}

export type SignalKind =
  | 'REGISTERED'
  | 'REWARDED'
  | 'BOOKED'
  | 'CONFIRMED'
  /** A hold or a booking that nobody paid. */
  | 'ABANDONED'
  | 'PAID'
  | 'DECLINED'
  /** Tickets were offered to somebody else. */
  | 'TRANSFERRED';

/** A show for which there is a waiting room. */
export interface HighDemandShow {
  readonly showId: string;
  readonly endsAt: string;
}
