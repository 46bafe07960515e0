import type { IdempotencyRow } from '@marquee/database';
import type { Money } from '@marquee/money';
import type { LatestPage } from '@marquee/subgraph';

import type { Booking, FailedRefund, TimelineType } from './booking.ts';
import type { ReviewDecision } from './booking-review.ts';
import type { Cancellation } from './cancellation.ts';
import type { ReservedCoupon } from './coupon.ts';
import type { PricedSeat, SeatHold } from './hold.ts';
import type { Price } from './price.ts';
import type { Reschedule } from './reschedule.ts';
import type { VenueBookingsPage, VenueKey } from './venue-bookings.ts';
import type { SalesQuery, SalesRow } from './sales.ts';
import type { SeatLayout } from './seat-layout.ts';
import type { Buyer, Claimant } from './seat-limits.ts';
import type { SeatMap, SeatStatusChange, TakenSeats } from './seat.ts';
import type { FreePlaces, Show } from './show.ts';
import type { Ticket } from './ticket.ts';
import type { TicketTransfer, TransferRefusal } from './transfer.ts';
import type { Place } from './waiting-room.ts';
import type { WaitingParty, WaitlistEntry } from './waitlist.ts';

export interface Shows {
  find(id: string): Promise<Show | null>;
  /** The show as it was when it was last read; it may have changed since. */
  remembered(id: string): Show | undefined;
  /** @throws when there is no such layout: every show's layout was saved before the show */
  layout(show: Pick<Show, 'layoutId'>): Promise<SeatLayout>;
  /** The show's seats that cannot be held now. */
  taken(show: Show): Promise<TakenSeats>;
  /** Counts the seats of a price tier, or of all, that are free. */
  countAvailable(show: Show, tierName: string | undefined): Promise<number>;
  /** The free places of each section of the shows. */
  freeInSections(showIds: readonly string[]): Promise<readonly FreePlaces[]>;
}

export interface SeatMaps {
  /** The seats of a show and their statuses: as of the version of the show as it was read, or later. */
  read(show: Show): Promise<SeatMap>;
  /** Changes from a version to that of the show; null when they are unknown, or more than the map itself. */
  changesSince(show: Show, version: number): Promise<readonly SeatStatusChange[] | null>;
}

/** A claim on seats of a show for a new hold. */
export interface HoldClaim extends Claimant {
  readonly id: string;
  readonly show: Show;
  readonly seats: readonly PricedSeat[];
  readonly subtotal: Money;
  readonly holdSeconds: number;
  /** How long the customer may keep seats of the show without paying, in an hour. */
  readonly unpaidSeconds: number;
  /** The most seats that the customer may have in the show. */
  readonly maxSeats: number;
  /** The most seats that the customer may hold or await to pay in all shows. */
  readonly maxUnpaidSeats: number;
  /** Whether the customer's own overlapping holds are released; otherwise their seats count as taken. */
  readonly replacesOwn: boolean;
  /** The waitlist's entry whose party is offered the seats, if any; others cannot hold seats that somebody waits for. */
  readonly offerTo?: string;
  readonly idempotency: IdempotencyRow;
}

/** A hold to book. */
export interface HoldOfShow extends SeatHold {
  readonly show: Pick<Show, 'layoutId' | 'startsAt' | 'cancelledAt' | 'country' | 'titleId' | 'organisationId'>;
  /** The share of booking fees that its customer's membership saves, in percent. */
  readonly feePercentOff: number;
}

export interface Holds {
  find(id: string): Promise<SeatHold | null>;
  /** The hold, what its show is now, and what its customer's membership saves. */
  findWithShow(id: string): Promise<HoldOfShow | null>;
  /**
   * Claims all of the seats for a new hold, or none.
   *
   * @returns null, with nothing changed, when the show has changed since it was read
   * @throws {SeatUnavailableError} when one of them is taken
   * @throws {SeatLimitExceededError} when the customer would have too many seats
   * @throws {HoldTimeExceededError} when the customer has kept seats of the show for too long without paying
   */
  claim(claim: HoldClaim): Promise<SeatHold | null>;
  /** Releases an active hold and frees its seats. @returns null when the hold is not active */
  release(id: string): Promise<SeatHold | null>;
}

export interface NewWaitlistEntry extends Buyer, Pick<WaitlistEntry, 'id' | 'partySize' | 'tierId'> {
  readonly show: Show;
  /** The most seats that the customer may wait for in all shows. */
  readonly maxSeats: number;
}

export interface Waitlist {
  find(id: string): Promise<WaitlistEntry | null>;
  /**
   * Adds a party.
   *
   * @returns the entry of the customer that is waiting or was offered seats, when there is one; null, with nothing changed,
   * when the customer would wait for too many seats
   */
  join(entry: NewWaitlistEntry): Promise<WaitlistEntry | null>;
  /** Counts the seats that a customer waits for in all shows. */
  seatsWaitedFor(customerId: string): Promise<number>;
  /** Takes a party off. @returns false, with nothing changed, when the entry has changed since it was read */
  leave(entry: WaitlistEntry): Promise<boolean>;
  /** Ends the waiting of a party that may not hold seats. */
  refuse(entry: WaitingParty): Promise<void>;
  /** Whether somebody waits for seats of a price tier, of any when null. */
  waitsFor(showId: string, tierId: string | null): Promise<boolean>;
  /** The ids of shows on sale with free seats and parties that wait. */
  showsWithFreeSeats(): Promise<readonly string[]>;
  /** The parties that wait, the first first. */
  waitingFor(showId: string): Promise<readonly WaitingParty[]>;
}

export interface WaitingRooms {
  /** Gives the customer a place, unless there is one that is not over. */
  enter(show: Show, customer: Buyer): Promise<void>;
  /** Gives the places that have none their turns, once the room is open. */
  giveTurns(showId: string): Promise<void>;
  place(showId: string, customerId: string): Promise<Place | null>;
}

export interface NewBooking {
  readonly id: string;
  readonly hold: SeatHold;
  readonly price: Price;
  readonly paymentSeconds: number;
  /** How long the customer may keep seats of the show without paying, in an hour. */
  readonly unpaidSeconds: number;
  /** Whose discount is in the price; null without one. */
  readonly coupon: ReservedCoupon | null;
  readonly idempotency: IdempotencyRow;
}

/** An offer of a ticket to make. */
export interface NewTransfer extends Pick<TicketTransfer, 'id' | 'offerId' | 'ticketId' | 'senderId'> {
  readonly toEmail: string;
}

export interface Transfers {
  find(id: string): Promise<TicketTransfer | null>;
  /** The transfers of an offer that may be accepted. */
  pendingOf(offerId: string): Promise<readonly TicketTransfer[]>;
  /** Offers a ticket of its holder. @returns null, with nothing changed, when it may not pass to another person now */
  offer(transfer: NewTransfer, idempotency: IdempotencyRow): Promise<TicketTransfer | null>;
  /** Why a ticket that exists was not offered. */
  refusal(ticketId: string): Promise<TransferRefusal>;
  /** @returns null, with nothing changed, when it is not pending */
  cancel(id: string): Promise<TicketTransfer | null>;
  /**
   * Gives the tickets of an offer to the recipient.
   *
   * @param maxSeats the most seats of a customer in a show that does not say
   * @returns none, with nothing changed, when the offer has ended or the recipient would have too many seats
   */
  accept(offerId: string, recipientId: string, maxSeats: number): Promise<readonly Ticket[]>;
  /** The seats that the recipient of a pending offer has and would get in its show; null where there is no limit. */
  seatsOfRecipient(
    offerId: string,
    recipientId: string,
    maxSeats: number,
  ): Promise<{ readonly inShow: number; readonly offered: number; readonly maximum: number } | null>;
}

export interface Tickets {
  find(id: string): Promise<Ticket | null>;
  /** In any order; unknown ids are left out. */
  findMany(ids: readonly string[]): Promise<readonly Ticket[]>;
  /** Each booking's by id. */
  ofBookings(bookingIds: readonly string[]): Promise<readonly Ticket[]>;
}

export interface Bookings {
  find(id: string): Promise<Booking | null>;
  /** Turns an active hold into a booking. @returns null when the hold is not active or has lost a seat */
  create(booking: NewBooking): Promise<Booking | null>;
  /** Whether the customer has no booking that was paid and not cancelled. */
  isFirstOf(customerId: string): Promise<boolean>;
}

export interface Cancellations {
  /**
   * Cancels what was decided, unless the booking or one of the tickets has changed since.
   *
   * @returns the name of the outcome; null, with nothing changed, otherwise
   */
  cancel(cancellation: Cancellation, idempotency: IdempotencyRow): Promise<string | null>;
  /** A former cancellation. @param outcome its name */
  outcome(outcome: string): Promise<{ readonly bookingId: string; readonly refund: number }>;
}

/** A change of show, and what it is limited by. */
export interface NewReschedule
  extends Reschedule, Pick<HoldClaim, 'show' | 'maxSeats' | 'maxUnpaidSeats' | 'emailVerified' | 'unpaidSeconds'> {
  /** How long the seats are kept until the difference is paid, at most. */
  readonly paymentSeconds: number;
  readonly idempotency: IdempotencyRow;
}

export interface Reschedules {
  /**
   * Moves the booking or, when the new seats cost more, keeps them until the difference is paid.
   *
   * @returns the name of the outcome; null, with nothing changed, when the booking, a ticket or the show has changed since
   * @throws {SeatUnavailableError} when a seat is taken
   * @throws {SeatLimitExceededError} when the customer would have too many seats
   */
  reschedule(change: NewReschedule): Promise<string | null>;
  /** A former change of show. @param outcome its name */
  outcome(outcome: string): Promise<{ readonly bookingId: string; readonly difference: number }>;
}

/** A payment of a booking that succeeded. */
export interface BookingPayment {
  readonly bookingId: string;
  readonly paymentId: string;
  readonly amount: Money;
  /** The trace of its event, which goes on in what confirms the booking. */
  readonly traceparent?: string | undefined;
}

/** Bookings inside one transaction, each locked before it changes, so that two payments of one booking take turns. */
export interface LockedBookings {
  /** @throws when there is no such booking */
  lock(id: string): Promise<Booking>;
  /**
   * Sells the seats of bookings that await these payments and have time left, issues their tickets and confirms them.
   *
   * @returns the ids of the payments that bought their booking
   */
  confirmInTime(payments: readonly BookingPayment[]): Promise<ReadonlySet<string>>;
  /**
   * Confirms a locked booking in the same way when its seats are free.
   *
   * @returns false, with nothing changed, when a seat is taken, when both the deadline and the show's start have passed, or
   * when the booking has expired with a coupon, which somebody else may have used since
   */
  confirmLate(booking: Booking, paymentId: string): Promise<boolean>;
  /**
   * Moves a locked booking to the show whose seats are kept for it.
   *
   * @returns false, with nothing changed, when a seat is taken, or a ticket was used or passed on
   */
  move(booking: Booking, paymentId: string): Promise<boolean>;
  /** Frees the seats in another show that are kept for the booking. */
  giveUpReschedule(booking: Booking): Promise<void>;
  /** Expires a booking that awaits payment and frees its seats. */
  expire(booking: Booking): Promise<void>;
  /** Cancels the tickets of a locked booking that nobody has used, without a refund, and frees their seats. */
  cancelUnused(booking: Booking): Promise<void>;
  /** Emits `booking.refund-required`: payments then refunds the payment. */
  requestRefund(booking: Booking, payment: { paymentId: string; amount: Money }, reason: string): Promise<void>;
  /** Adds to the booking's refunded amount. */
  addRefund(booking: Booking, paymentId: string, amount: Money): Promise<void>;
  /** Asks staff to decide on a refund that failed. */
  needReview(booking: Booking, refund: FailedRefund): Promise<void>;
  /** Appends an event to the timeline that leaves the booking's status as it is. */
  appendEvent(booking: Booking, type: TimelineType, data: Readonly<Record<string, unknown>>): Promise<void>;
}

export interface BookingReviews {
  /**
   * The bookings that await a decision, the latest first, and one beyond the limit when more follow: all, or those of
   * customers who have a support case.
   */
  list(page: LatestPage, which: 'ALL' | 'OF_SUPPORT_CASES'): Promise<Booking[]>;
  /**
   * Records a decision on a booking as it was read and carries it out, all or nothing.
   *
   * @returns false, with nothing changed, when the booking has changed since
   * @throws {TicketsUnavailableError} when tickets cannot be given
   */
  decide(booking: Booking, decision: ReviewDecision, idempotency: IdempotencyRow): Promise<boolean>;
}

export interface VenueBookings {
  /** @returns null when nothing was scheduled there */
  findVenue(id: string): Promise<VenueKey | null>;
  /** The people whom tickets for shows that are to come, or began in the last week, admit; the earliest shows first. */
  holderIds(venue: VenueKey): Promise<string[]>;
  /** The page, the latest first, and one booking beyond its limit when more follow. */
  page(page: VenueBookingsPage): Promise<Booking[]>;
}

export interface Sales {
  report(query: SalesQuery): Promise<readonly SalesRow[]>;
}
