import type { Money } from '@marquee/money';

/** A charge in the state the provider reports. */
export interface ProviderCharge {
  /** The provider's id. */
  readonly id: string;
  /** The payment's id. */
  readonly reference: string;
  readonly amount: Money;
  readonly status: 'PROCESSING' | 'REQUIRES_ACTION' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  readonly declineCode: string | null;
  readonly actionUrl: string | null;
  /** The same for every charge of one card, saved or not; null where the provider does not say. */
  readonly cardFingerprint: string | null;
}

/** A refund in the state the provider reports. */
export interface ProviderRefund {
  /** The provider's id. */
  readonly id: string;
  /** Our refund's id. */
  readonly reference: string;
  readonly chargeId: string;
  readonly amount: Money;
  readonly status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
}

/** A dispute of a charge in the state the provider reports. */
export interface ProviderDispute {
  /** The provider's id. */
  readonly id: string;
  readonly chargeId: string;
  readonly amount: Money;
  /** The provider's fee, in minor units of the same currency. */
  readonly fee: number;
  /** The provider's code. */
  readonly reason: string;
  readonly status: 'OPEN' | 'WON' | 'LOST';
}

/** A payout in the state the provider reports. */
export interface ProviderPayout {
  /** The provider's id. */
  readonly id: string;
  /** Our payout's id. */
  readonly reference: string;
  readonly amount: Money;
  readonly status: 'PENDING' | 'PAID' | 'FAILED';
  readonly failure: string | null;
  readonly arrivesAt: Date;
}

export interface PayoutRequest {
  /** Also the idempotency key. */
  readonly payoutId: string;
  /** Who is paid; the provider knows their bank account. */
  readonly organisationId: string;
  readonly amount: Money;
}

/** A time window of a list, from inclusive, to exclusive. */
export interface TimeWindow {
  readonly from: Date;
  readonly to: Date;
}

/** A card stored at the provider. */
export interface StoredCard {
  /** The provider's token to charge it by. */
  readonly providerRef: string;
  readonly brand: string;
  readonly last4: string;
  readonly expiryMonth: number;
  readonly expiryYear: number;
}

export interface ChargeRequest {
  /** Also the idempotency key: repeated requests charge the card once. */
  readonly paymentId: string;
  readonly amount: Money;
  /** A card token, or the reference of a stored card. */
  readonly source: string;
  /** Where the page of an action sends the customer afterwards; null to stay on it. */
  readonly returnUrl: string | null;
  readonly deadline: Date;
  readonly usage: ChargeUsage;
}

/**
 * The use that a charge makes of a card: once, with its customer there; the same, and agreeing to later charges; or one of
 * those, without the customer.
 */
export type ChargeUsage = 'ONCE' | 'AGREES_TO_LATER' | 'OFF_SESSION';

export interface RefundRequest {
  /** Also the idempotency key. */
  readonly refundId: string;
  readonly chargeId: string;
  readonly amount: Money;
}

/** The envelope of a provider's event. */
export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly payload: object;
}

/** An event out of a webhook whose signature was verified. */
export type ProviderEvent = ReceivedEvent &
  (
    | { readonly charge: ProviderCharge }
    | { readonly refund: ProviderRefund }
    | { readonly payout: ProviderPayout }
    | { readonly dispute: ProviderDispute }
    | { readonly unknown: true }
  );

/** A webhook as received over HTTP. */
export interface RawWebhook {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The unparsed body, which the signature covers. */
  readonly body: string;
}

/** For less than this every provider knows an idempotency key: Stripe for a day. Older requests are looked for first. */
export const KEY_LIFETIME_MS = 23 * 3_600_000;

/** Whose charge it is, as ledger and inbox name it. */
export type ProviderName = Pick<PaymentProvider, 'name'>;

/**
 * A payment service provider that charges cards: the sandbox or a real one.
 *
 * A call may take seconds, so no lock may be held across it.
 */
export interface PaymentProvider {
  /** Identifies the provider in the database and in the webhook path. */
  readonly name: string;
  /**
   * Stores a card.
   *
   * @throws {ProviderRefusedError} when the provider refuses the card
   * @throws {ProviderUnavailableError}
   */
  storeCard(cardToken: string): Promise<StoredCard>;
  /** Removes a stored card; one that is gone already is no failure. @throws {ProviderUnavailableError} */
  removeCard(providerRef: string): Promise<void>;
  /**
   * Charges a card once per payment.
   *
   * @throws {ProviderUnavailableError} with `outcomeUnknown` when the card may have been charged
   */
  charge(request: ChargeRequest): Promise<ProviderCharge>;
  /** The payment's charge, asked for patiently; null when the provider has none. @throws {ProviderUnavailableError} */
  findCharge(paymentId: string): Promise<ProviderCharge | null>;
  /** Cancels a charge that requires action. @returns its state afterwards @throws {ProviderUnavailableError} */
  cancelCharge(chargeId: string): Promise<ProviderCharge>;
  /**
   * Refunds a charge, in full or in part, once per refund.
   *
   * @throws {ProviderRefusedError} when the refusal is final
   * @throws {ProviderUnavailableError}
   */
  refund(request: RefundRequest): Promise<ProviderRefund>;
  /** Our refund of a charge, asked for patiently; null when the provider has none. @throws {ProviderUnavailableError} */
  findRefund(refund: Pick<RefundRequest, 'refundId' | 'chargeId'>): Promise<ProviderRefund | null>;
  /** Pages of the charges that were created in a window, oldest first. @throws {ProviderUnavailableError} */
  charges(window: TimeWindow): AsyncIterable<readonly ProviderCharge[]>;
  /** Pages of the refunds that were created in a window, oldest first. @throws {ProviderUnavailableError} */
  refunds(window: TimeWindow): AsyncIterable<readonly ProviderRefund[]>;
  /**
   * Pays an organisation, once per payout.
   *
   * @throws {ProviderRefusedError} when the refusal is final
   * @throws {ProviderUnavailableError}
   */
  payOut(request: PayoutRequest): Promise<ProviderPayout>;
  /** Pages of the payouts that were created in a window, oldest first. @throws {ProviderUnavailableError} */
  payouts(window: TimeWindow): AsyncIterable<readonly ProviderPayout[]>;
  /** Verifies and parses a webhook. @throws {WebhookRejectedError} when it is forged, stale or malformed */
  verifyWebhook(webhook: RawWebhook, now: Date): ProviderEvent;
  /** Parses the payload of an event that was verified before. @throws {WebhookRejectedError} when it is malformed */
  readEvent(payload: object): ProviderEvent;
  /** Stops its timers. */
  close(): void;
}

/** The provider sent no usable answer. */
export class ProviderUnavailableError extends Error {
  override readonly name = 'ProviderUnavailableError';
  /** Whether the request may have taken effect. */
  readonly outcomeUnknown: boolean;

  constructor(message: string, options: { readonly outcomeUnknown: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.outcomeUnknown = options.outcomeUnknown;
  }
}

/** The provider refuses for good to store a card, to refund a charge or to pay out. */
export class ProviderRefusedError extends Error {
  override readonly name = 'ProviderRefusedError';
  /** The provider's code; null when it gives none. */
  readonly code: string | null;

  constructor(code: string | null) {
    super(`The provider refused: ${code ?? 'no reason given'}`);
    this.code = code;
  }
}

/** The webhook is forged, stale or malformed. */
export class WebhookRejectedError extends Error {
  override readonly name = 'WebhookRejectedError';
}
