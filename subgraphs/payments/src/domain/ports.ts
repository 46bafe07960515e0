import type { IdempotencyRow } from '@marquee/database';
import type { Money } from '@marquee/money';
import type { LatestPage } from '@marquee/subgraph';

import type { JournalEntry } from './ledger.ts';
import type { ClosedBooking, PayableBooking, RequestedBooking } from './payable-booking.ts';
import type { NewBookingPayment, NewTopUp, NewWalletPayment, Payment, SettleablePayment } from './payment.ts';
import type { ProviderEvent, ProviderPayout, TimeWindow } from './payment-provider.ts';
import type { Finding, PaymentReview, PaymentReviewDecision, PaymentReviewStatus } from './payment-review.ts';
import type { DuePayout, EndedShow, NewPayout, Payout, PayoutAccount, PayoutEntry } from './payout.ts';
import type { CardRefund, Refund } from './refund.ts';
import type { CardRemoval, NewSavedCard, SavedCard } from './saved-card.ts';
import type { Wallet, WalletTransaction, WalletTransactionPage } from './wallet.ts';

/** Refusal of a payment: the booking cannot be paid or has a live or succeeded one, or the wallet holds too little. */
export type PaymentRefusal = 'NOT_PAYABLE' | 'OTHER_PAYMENT' | 'INSUFFICIENT_BALANCE';

/** Refusal of a top-up: the balance could exceed its maximum. */
export type TopUpRefusal = 'MAX_BALANCE_EXCEEDED' | 'DECLINED_TOO_OFTEN';

export interface Payments {
  find(id: string): Promise<Payment | null>;
  findMany(ids: readonly string[]): Promise<Payment[]>;
  /** Payments of the bookings, newest first. */
  ofBookings(bookingIds: readonly string[]): Promise<Payment[]>;
  findRefund(id: string): Promise<Refund | null>;
  /** Refunds of the payments, newest first. */
  refundsOf(paymentIds: readonly string[]): Promise<Refund[]>;
  /** The booking's live or succeeded payment; there is at most one. */
  currentOf(bookingId: string): Promise<Payment | null>;
  /** Creates a PROCESSING payment of a payable booking; the database allows one live or succeeded payment per booking. */
  create(payment: NewBookingPayment, idempotency: IdempotencyRow): Promise<Payment | PaymentRefusal>;
  /** Creates a PROCESSING top-up, unless all live top-ups together would raise the balance above `maxBalance`. */
  createTopUp(payment: NewTopUp, maxBalance: number, idempotency: IdempotencyRow): Promise<Payment | TopUpRefusal>;
  /** Creates and settles a wallet payment at once; the database allows no negative balance. */
  payFromWallet(
    payment: NewWalletPayment,
    entry: JournalEntry,
    idempotency: IdempotencyRow,
  ): Promise<Payment | PaymentRefusal>;
  /** When a customer may pay by card again whose cards were declined too often; null when they may now. */
  noCardUntil(customerId: string, now: Date): Promise<Date | null>;
  /** Hands a payment whose request got no answer over to the reconciler, which checks it from `at` on. */
  handOver(id: string, at: Date): Promise<void>;
}

/** Charges and refunds that are due at the provider. */
export interface DueWork {
  /** Claims live payments whose next check is due by `dueBy`, and schedules the one after it with backoff. */
  claimPayments(dueBy: Date, now: Date, limit: number): Promise<Payment[]>;
  /** Claims pending card refunds whose next attempt is due, and schedules the one after it with backoff. */
  claimRefunds(now: Date, limit: number): Promise<CardRefund[]>;
}

/** A stored webhook whose handling is due. */
export interface DueWebhook {
  readonly id: string;
  readonly payload: object;
}

/** Inbox of a provider's webhooks. Each event is stored once, before it is handled. */
export interface WebhookInbox {
  /**
   * Stores an event.
   *
   * @returns whether to handle it now: not when it was stored before, or reports nothing that is not recorded already
   */
  store(event: ProviderEvent, at: Date): Promise<boolean>;
  markHandled(eventId: string, at: Date): Promise<void>;
  /** Keeps an event whose handling failed for another attempt, with backoff. */
  recordFailure(eventId: string, error: string, at: Date): Promise<void>;
  /** Claims stored events whose next attempt is due; instances that claim at the same time share them out. */
  claimDue(now: Date, limit: number): Promise<DueWebhook[]>;
}

export interface PayableBookings {
  find(id: string): Promise<PayableBooking | ClosedBooking | null>;
  /** Adds bookings and the shows they are for, in one statement. Those that are known already do not change. */
  add(bookings: readonly RequestedBooking[]): Promise<void>;
  /** Closes bookings, known or not, and brings the deadlines of their live payments forward to now. */
  close(bookings: readonly ClosedBooking[], now: Date): Promise<void>;
}

export interface Arrivals {
  /** Waits for a booking that was made just now. @returns null when it has not arrived by then */
  arrival(id: string): Promise<PayableBooking | ClosedBooking | null>;
}

export interface Payouts {
  find(id: string): Promise<Payout | null>;
  /** The latest payouts of each organisation in a currency. */
  latest(organisationIds: readonly string[], currency: string, limit: number): Promise<Payout[]>;
  /** Takes a payout out of what is available. @returns null when less is available, or the day's payout was made */
  request(payout: NewPayout, idempotency: IdempotencyRow | null): Promise<Payout | null>;
  /** The available amounts of organisations for which the payout of a day was not made. */
  dueOnSchedule(day: Date, limit: number): Promise<Pick<Payout, 'organisationId' | 'amount'>[]>;
  /** Whether all payouts of a day were requested. */
  isRunComplete(day: Date): Promise<boolean>;
  completeRun(day: Date): Promise<void>;
  /** Claims pending payouts whose next attempt is due, and schedules the one after it with backoff. */
  claimDue(now: Date, limit: number): Promise<DuePayout[]>;
  /** Records what the provider says of a payout; of one that has come to its end nothing changes. */
  report(payout: DuePayout, reported: ProviderPayout, provider: string): Promise<void>;
  /** Fails a payout that the provider refuses; its money is available again. */
  refuse(payout: DuePayout, failure: string, provider: string): Promise<void>;
  /** Shows that have ended and whose money is not available yet. */
  endedShows(now: Date, limit: number): Promise<EndedShow[]>;
  /** Makes available what a show sold. @returns false when that was done since it was read */
  settleShow(show: EndedShow): Promise<boolean>;
}

export interface PayoutAccounts {
  /** @param currency null for that in which an organisation has most shows */
  ofOrganisations(organisationIds: readonly string[], currency: string | null): Promise<PayoutAccount[]>;
  available(organisationId: string, currency: string): Promise<Money>;
  /** Movements of what is owed, newest first, of each organisation at most `limit` + 1. */
  entries(organisationIds: readonly string[], currency: string, page: LatestPage): Promise<PayoutEntry[]>;
}

export interface SavedCards {
  /** @returns null when the customer has no such card */
  find(id: string, customerId: string): Promise<SavedCard | null>;
  /** Cards of the customers: each customer's default first, then newest first. */
  ofCustomers(customerIds: readonly string[]): Promise<SavedCard[]>;
  /** @throws {AccountRestrictedError} when buying is paused for the customer */
  assertMayAdd(customerId: string): Promise<void>;
  /** Adds a card, as the default on request or when it is the customer's first. */
  add(card: NewSavedCard, makeDefault: boolean): Promise<SavedCard>;
  /** @returns null when the customer has no such card */
  makeDefault(id: string, customerId: string): Promise<SavedCard | null>;
  /**
   * Removes a card. Its mandates move to the customer's default card, or the newest other one, which becomes the default.
   *
   * @returns IN_USE when a mandate is charged to it and no other card can take its place
   */
  remove(id: string, customerId: string, now: Date): Promise<'REMOVED' | 'IN_USE' | 'NOT_FOUND'>;
  /** Claims cards whose removal at the provider is due, and schedules the next attempt with backoff. */
  claimRemovals(now: Date, limit: number): Promise<CardRemoval[]>;
  /** The provider has removed the card. */
  completeRemoval(removal: CardRemoval): Promise<void>;
}

export interface Wallets {
  /** The customer's wallet, even if empty. */
  find(customerId: string): Promise<Wallet>;
  /** Transactions in all currencies, newest first, at most `limit` + 1. */
  transactions(page: WalletTransactionPage): Promise<WalletTransaction[]>;
}

/** Our side of the comparison with a provider. */
export interface ProviderBooks {
  /** The end of the last window that was compared; null before the first. */
  comparedUntil(): Promise<Date | null>;
  advance(until: Date): Promise<void>;
  payments(ids: readonly string[]): Promise<SettleablePayment[]>;
  refunds(ids: readonly string[]): Promise<Refund[]>;
  /** Captured card payments that were created in the window. */
  capturedIn(window: TimeWindow): Promise<SettleablePayment[]>;
  /** Refunds of this provider's charges that succeeded in the window. */
  refundedIn(window: TimeWindow): Promise<CardRefund[]>;
}

/** Differences between our books and the provider's, and what staff decided on them. */
export interface PaymentReviews {
  /** Opens a review of each finding that has none. */
  open(findings: readonly Finding[]): Promise<void>;
  find(id: string): Promise<PaymentReview | null>;
  /** Reviews with a status, or all, latest first. */
  list(status: PaymentReviewStatus | null, page: LatestPage): Promise<PaymentReview[]>;
  /** Records a decision and its idempotency key. @returns false when the review is not open */
  decide(reviewId: string, decision: PaymentReviewDecision, idempotency: IdempotencyRow): Promise<boolean>;
  /** Reviews whose decision is not carried out. */
  decided(limit: number): Promise<PaymentReview[]>;
  close(id: string): Promise<void>;
  /** Opens a review again whose decision could not be carried out. */
  reopen(id: string, failure: string): Promise<void>;
}
