import type { Show } from './show.ts';

/** The customer who asks for seats. */
export interface Buyer {
  readonly customerId: string;
  /** Whether they have shown that the account's email address is theirs. */
  readonly emailVerified: boolean;
}

/** The customer for whom seats are claimed. */
export interface Claimant extends Buyer {
  /** When they last proved who they are; null where nobody is there, as when a waitlist offers seats. */
  readonly signedInAt: Date | null;
}

/** The most seats of one customer. */
export interface SeatLimits {
  /** Held, booked and sold in a show that does not say. */
  readonly maxSeatsPerCustomer: number;
  /** The same, while the customer's email address is not verified. */
  readonly maxSeatsUnverified: number;
  /** Held or awaiting payment in all shows. */
  readonly maxUnpaidSeats: number;
}

/** The most seats that the buyer may have in the show. */
export function maxSeatsOf(buyer: Buyer, show: Pick<Show, 'maxSeatsPerCustomer'>, limits: SeatLimits): number {
  const ofShow = show.maxSeatsPerCustomer ?? limits.maxSeatsPerCustomer;
  return buyer.emailVerified ? ofShow : Math.min(ofShow, limits.maxSeatsUnverified);
}
