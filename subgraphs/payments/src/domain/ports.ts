import type { JournalEntry } from './ledger.ts';
import type { Money } from './money.ts';
import type { NewPayment, Payment, PaymentStatus } from './payment.ts';
import type { ClosedBooking, PayableBooking } from './payable-booking.ts';
import type { KeptCard } from './payment-provider.ts';
import type { NewRefund, Refund, RefundStatus } from './refund.ts';
import type { SavedCard } from './saved-card.ts';

/** What must be recorded, in one with what is made, so that the same request makes nothing twice. */
export interface RequestKey {
  readonly caller: string;
  readonly operation: string;
  readonly key: string;
  readonly requestHash: string;
}

/** Runs `make` once a key; a repetition gets what `replay` reads. */
export type Once = <T>(
  request: { caller: string; operation: string; key: string; body: unknown },
  make: (key: RequestKey) => Promise<T>,
  replay: (resourceId: string) => Promise<T>,
) => Promise<T>;

/** A card payment to begin. */
export interface NewCardPayment extends NewPayment {
  readonly provider: string;
  readonly cardSource: string;
  readonly busyUntil: Date;
}

/** Why a payment was not begun: the booking has a live or succeeded one, or the wallet holds too little. */
export type NotBegun = 'OTHER_PAYMENT' | 'TOO_LITTLE';

/** Why a top-up was not begun: the wallet might come to hold too much. */
export type NotToppedUp = 'TOO_MUCH';

export interface Payments {
  find(id: string): Promise<Payment | null>;
  /** The live or succeeded payment of a booking: there is at most one. */
  currentOf(bookingId: string): Promise<Payment | null>;
  /** Begins a payment as PROCESSING; the database lets one live or succeeded payment a booking through. */
  begin(payment: NewCardPayment, key: RequestKey): Promise<Payment | NotBegun>;
  /** Begins a top-up as PROCESSING, unless the wallet would hold more than `most` should all that are live succeed. */
  beginTopUp(payment: NewCardPayment, most: number, key: RequestKey): Promise<Payment | NotToppedUp>;
  /** Begins and settles a payment from the wallet at once; the database lets no balance fall below zero. */
  payFromWallet(payment: NewPayment, entry: JournalEntry, key: RequestKey): Promise<Payment | NotBegun>;
  /** The request that began the payment is done with it, for now without an outcome. */
  release(id: string): Promise<void>;
  /**
   * Live payments whose next look at the provider is due by `dueBy`; the look after that is put off, longer each time.
   */
  claimDue(dueBy: Date, now: Date, limit: number): Promise<Payment[]>;
}

/** What a move changes beside the status. */
export interface PaymentMove {
  readonly status: PaymentStatus;
  readonly chargeId: string | null;
  readonly actionUrl: string | null;
  readonly declineCode: string | null;
}

export interface LockedPayment extends Payment {
  /** Whether its money is in the ledger. */
  readonly captured: boolean;
}

/** How a refund ends. */
export interface RefundEnd {
  readonly status: Exclude<RefundStatus, 'PENDING'>;
  /** The provider's id of the refund; null for the wallet, or where the provider has none. */
  readonly providerRef: string | null;
  /** Why it failed. */
  readonly failure: string | null;
}

/** What may be written while a payment is locked: all of it or nothing, and its events with it. */
export interface Settlement {
  /** Nobody else may move the payment until the transaction ends. */
  lock(paymentId: string): Promise<LockedPayment | null>;
  move(payment: Payment, move: PaymentMove): Promise<Payment>;
  post(entry: JournalEntry): Promise<void>;
  /** Adds a pending refund and sets its amount aside, which the payment must still have. */
  addRefund(refund: NewRefund): Promise<Refund>;
  /** Locks the refund, after its payment. */
  lockRefund(refundId: string): Promise<Refund | null>;
  /** Ends a pending refund; one that failed gives back what it had set aside. */
  endRefund(refund: Refund, end: RefundEnd): Promise<Refund>;
  /** Records a provider's event. @returns false when it was recorded before */
  recordEvent(provider: string, event: { id: string; type: string; payload: object }): Promise<boolean>;
}

/** Runs `work` in one transaction. */
export type Atomically = <T>(work: (settlement: Settlement) => Promise<T>) => Promise<T>;

export interface PayableBookings {
  find(id: string): Promise<PayableBooking | ClosedBooking | null>;
  /** Keeps what booking said, unless something is known already. */
  keep(booking: PayableBooking | ClosedBooking): Promise<void>;
}

export interface Refunds {
  /** Pending refunds to a card whose next try is due; the try after that is put off, longer each time. */
  claimDue(now: Date, limit: number): Promise<(Refund & { readonly chargeId: string })[]>;
}

/** A card to add to a customer's. */
export interface NewSavedCard extends KeptCard {
  readonly id: string;
  readonly customerId: string;
  readonly provider: string;
  readonly createdAt: Date;
}

export interface SavedCards {
  /** @returns null when the customer has no such card */
  find(id: string, customerId: string): Promise<(SavedCard & { readonly providerRef: string }) | null>;
  /** Adds a card; it becomes the default when asked or when it is the first. */
  add(card: NewSavedCard, makeDefault: boolean): Promise<SavedCard>;
}

export interface Wallets {
  /** What the customer's wallet holds in the currency; zero when it never held any. */
  balance(customerId: string, currency: string): Promise<Money>;
}
