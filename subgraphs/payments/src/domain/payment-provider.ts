import type { Money } from './money.ts';

/** A charge as the provider tells it. */
export interface ProviderCharge {
  /** The provider's id. */
  readonly id: string;
  /** The payment's id. */
  readonly reference: string;
  readonly amount: Money;
  readonly status: 'PROCESSING' | 'REQUIRES_ACTION' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  readonly declineCode: string | null;
  readonly actionUrl: string | null;
}

/** A refund as the provider tells it. */
export interface ProviderRefund {
  /** The provider's id. */
  readonly id: string;
  /** Our refund's id. */
  readonly reference: string;
  readonly status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
}

/** A card that the provider keeps for us. */
export interface KeptCard {
  /** The provider's token, to charge it with. */
  readonly providerRef: string;
  readonly brand: string;
  readonly last4: string;
  readonly expiryMonth: number;
  readonly expiryYear: number;
}

export interface ChargeRequest {
  /** Also the idempotency key: however often a payment is charged, it is charged once. */
  readonly paymentId: string;
  readonly amount: Money;
  /** A card token or a kept card's reference. */
  readonly source: string;
  readonly deadline: Date;
}

export interface RefundRequest {
  /** Also the idempotency key. */
  readonly refundId: string;
  readonly chargeId: string;
  readonly amount: Money;
}

/** What a webhook tells, once its signature is proven. */
export type ProviderEvent = { readonly id: string; readonly type: string; readonly payload: object } & (
  | { readonly charge: ProviderCharge }
  | { readonly refund: ProviderRefund }
  | { readonly unknown: true }
);

/** A webhook as it came over HTTP. */
export interface RawWebhook {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body's very bytes as text: the signature is over these. */
  readonly body: string;
}

/**
 * A company that charges cards for us: the sandbox, or a real one.
 *
 * Calls may take seconds; nothing may be locked meanwhile.
 */
export interface PaymentProvider {
  /** Names it in the database and in the webhook's path. */
  readonly name: string;
  /**
   * @throws {CardRefusedError} when the provider does not take the card
   * @throws {ProviderUnavailableError}
   */
  keepCard(cardToken: string): Promise<KeptCard>;
  /**
   * Charges a card, once a payment.
   *
   * @throws {ProviderUnavailableError} with `undecided` where the card may have been charged all the same
   */
  charge(request: ChargeRequest): Promise<ProviderCharge>;
  /** The payment's charge; null when the provider knows of none. @throws {ProviderUnavailableError} */
  findCharge(paymentId: string): Promise<ProviderCharge | null>;
  /** Gives up a charge that waits for its payer; answers the charge as it then is. @throws {ProviderUnavailableError} */
  cancelCharge(chargeId: string): Promise<ProviderCharge>;
  /**
   * Gives money of a charge back, once a refund.
   *
   * @throws {RefundRefusedError} when the provider will never do it
   * @throws {ProviderUnavailableError}
   */
  refund(request: RefundRequest): Promise<ProviderRefund>;
  /** @throws {WebhookRejectedError} when the webhook is forged, too old or no webhook at all */
  readWebhook(webhook: RawWebhook, now: Date): ProviderEvent;
  /** Ends its timers. */
  close(): void;
}

/** The provider did not answer, or not sensibly. */
export class ProviderUnavailableError extends Error {
  /** Whether the request may have taken effect all the same. */
  readonly undecided: boolean;

  constructor(message: string, options: { readonly undecided: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'ProviderUnavailableError';
    this.undecided = options.undecided;
  }
}

/** The provider does not take the card. */
export class CardRefusedError extends Error {
  readonly declineCode: string | null;

  constructor(declineCode: string | null) {
    super(`The provider refused the card: ${declineCode ?? 'no reason given'}`);
    this.name = 'CardRefusedError';
    this.declineCode = declineCode;
  }
}

/** The provider will never make the refund. */
export class RefundRefusedError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`The provider refused the refund: ${code}`);
    this.name = 'RefundRefusedError';
    this.code = code;
  }
}

/** The webhook does not come from the provider, or is too old to be believed. */
export class WebhookRejectedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WebhookRejectedError';
  }
}
