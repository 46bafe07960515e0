import type { JournalEntry } from './ledger.ts';
import type { Money } from './money.ts';
import type { ClosedBooking, PayableBooking } from './payable-booking.ts';
import type { NewCardPayment, NewPayment, Payment } from './payment.ts';
import type { ReceivedEvent } from './payment-provider.ts';
import type { DueRefund } from './refund.ts';
import type { ChargeableCard, NewSavedCard, SavedCard } from './saved-card.ts';
import type { Wallet, WalletTransaction, WalletTransactionPage } from './wallet.ts';

/** Idempotency record, stored in the transaction that creates the resource. */
export interface IdempotencyRecord {
  readonly caller: string;
  readonly operation: string;
  readonly key: string;
  readonly requestHash: string;
}

/** Runs `create` at most once for a key; a repeated request is answered by `replay`. */
export type RunIdempotently = <T>(
  request: { caller: string; operation: string; key: string; body: unknown },
  create: (record: IdempotencyRecord) => Promise<T>,
  replay: (resourceId: string) => Promise<T>,
) => Promise<T>;

/** Refusal of a payment: the booking has a live or succeeded one, or the wallet holds too little. */
export type PaymentRefusal = 'OTHER_PAYMENT' | 'INSUFFICIENT_BALANCE';

/** Refusal of a top-up: the balance could exceed its maximum. */
export type TopUpRefusal = 'MAX_BALANCE_EXCEEDED';

export interface Payments {
  find(id: string): Promise<Payment | null>;
  findMany(ids: readonly string[]): Promise<Payment[]>;
  /** Payments of the bookings, newest first. */
  ofBookings(bookingIds: readonly string[]): Promise<Payment[]>;
  /** The booking's live or succeeded payment; there is at most one. */
  currentOf(bookingId: string): Promise<Payment | null>;
  /** Creates a PROCESSING payment; the database allows one live or succeeded payment per booking. */
  create(payment: NewCardPayment, idempotency: IdempotencyRecord): Promise<Payment | PaymentRefusal>;
  /** Creates a PROCESSING top-up, unless all live top-ups together would raise the balance above `maxBalance`. */
  createTopUp(
    payment: NewCardPayment,
    maxBalance: number,
    idempotency: IdempotencyRecord,
  ): Promise<Payment | TopUpRefusal>;
  /** Creates and settles a wallet payment at once; the database allows no negative balance. */
  payFromWallet(
    payment: NewPayment,
    entry: JournalEntry,
    idempotency: IdempotencyRecord,
  ): Promise<Payment | PaymentRefusal>;
  /** Marks the payment as no longer handled by the request that created it. */
  clearBusy(id: string): Promise<void>;
  /** Claims live payments whose next check is due by `dueBy`, and schedules the one after it with backoff. */
  claimDue(dueBy: Date, now: Date, limit: number): Promise<Payment[]>;
}

export interface Ledger {
  /** @throws a violation of `wallet_balances_not_negative` when a wallet holds too little */
  post(entry: JournalEntry, at: Date): Promise<void>;
}

export interface Refunds {
  /** Claims pending card refunds whose next attempt is due, and schedules the one after it with backoff. */
  claimDue(now: Date, limit: number): Promise<DueRefund[]>;
}

export interface PayableBookings {
  find(id: string): Promise<PayableBooking | ClosedBooking | null>;
  /** Adds a booking, unless it is known already. */
  add(booking: PayableBooking | ClosedBooking): Promise<void>;
  /** Closes a booking and brings the deadline of its live payment forward to now. */
  close(booking: ClosedBooking, now: Date): Promise<void>;
}

export interface SavedCards {
  /** @returns null when the customer has no such card */
  find(id: string, customerId: string): Promise<ChargeableCard | null>;
  /** Cards of the customers: each customer's default first, then newest first. */
  ofCustomers(customerIds: readonly string[]): Promise<SavedCard[]>;
  /** Adds a card, as the default on request or when it is the customer's first. */
  add(card: NewSavedCard, makeDefault: boolean): Promise<SavedCard>;
}

export interface Wallets {
  /** The customer's balance in the currency; zero when the wallet never held any. */
  balance(customerId: string, currency: string): Promise<Money>;
  /** The wallet of each customer, even if empty. */
  ofCustomers(customerIds: readonly string[]): Promise<Wallet[]>;
  /** Transactions in all currencies, newest first, at most `limit` + 1. */
  transactions(page: WalletTransactionPage): Promise<WalletTransaction[]>;
}

/** Inbox of the providers' webhooks. */
export interface ProviderEvents {
  /** Records an event. @returns false when it was recorded before */
  add(provider: string, event: ReceivedEvent, receivedAt: Date): Promise<boolean>;
  deleteReceivedBefore(time: Date): Promise<void>;
}
