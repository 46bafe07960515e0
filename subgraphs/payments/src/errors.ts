import { UserError } from '@marquee/errors';
import { formatMoney, type Money } from '@marquee/money';

const DECLINE_MESSAGES: ReadonlyMap<string | null, string> = new Map([
  ['insufficient_funds', 'The card was declined: insufficient funds.'],
  ['invalid_card', 'The card was not recognized. Check its details or use another card.'],
]);

/** The card was declined; nothing was charged. */
export class PaymentDeclinedError extends UserError {
  readonly __typename = 'PaymentDeclinedError';
  readonly declineCode: string | null;

  constructor(declineCode: string | null) {
    super(DECLINE_MESSAGES.get(declineCode) ?? 'The payment was declined. Try another card.');
    this.declineCode = declineCode;
  }
}

export type NotPayableReason = 'PAID' | 'PAYMENT_UNDER_WAY' | 'EXPIRED';

const NOT_PAYABLE_MESSAGES: Readonly<Record<NotPayableReason, string>> = {
  PAID: 'This booking is already paid.',
  PAYMENT_UNDER_WAY: 'A payment for this booking is in progress. Wait for its result.',
  EXPIRED: 'The time to pay for this booking has run out. Book the seats again.',
};

/** The booking is paid, being paid or expired. */
export class BookingNotPayableError extends UserError {
  readonly __typename = 'BookingNotPayableError';
  readonly reason: NotPayableReason;

  constructor(reason: NotPayableReason) {
    super(NOT_PAYABLE_MESSAGES[reason]);
    this.reason = reason;
  }
}

/** The wallet holds less than the booking costs. */
export class InsufficientWalletBalanceError extends UserError {
  readonly __typename = 'InsufficientWalletBalanceError';
  readonly balance: Money;

  constructor(balance: Money) {
    super(`The wallet holds ${formatMoney(balance)}, which does not cover this booking. Top it up or pay by card.`);
    this.balance = balance;
  }
}

/** The provider refused to store the card. */
export class CardRejectedError extends UserError {
  readonly __typename = 'CardRejectedError';
  readonly declineCode: string | null;

  constructor(declineCode: string | null) {
    super(DECLINE_MESSAGES.get(declineCode) ?? 'The card could not be saved. Try another card.');
    this.declineCode = declineCode;
  }
}

/** The provider was unreachable and charged nothing. */
export class PaymentProviderUnavailableError extends UserError {
  readonly __typename = 'PaymentProviderUnavailableError';

  constructor() {
    super('Card payments are unavailable right now. Your card was not charged. Try again in a few minutes.');
  }
}

/** There is a plan of this name, interval, price and country. */
export class MembershipPlanExistsError extends UserError {
  readonly __typename = 'MembershipPlanExistsError';

  constructor() {
    super('There is a plan of this name, interval, price and country. Choose another name.');
  }
}

/** The payment has less left than the amount to refund, or did not succeed. */
export class PaymentNotRefundableError extends UserError {
  readonly __typename = 'PaymentNotRefundableError';
  readonly refundable: Money;

  constructor(refundable: Money) {
    super(
      refundable.amount === 0
        ? 'There is nothing left to refund of this payment.'
        : `Only ${formatMoney(refundable)} can be refunded. Enter a smaller amount.`,
    );
    this.refundable = refundable;
  }
}

/** Somebody has decided on the review already. */
export class PaymentReviewDecidedError extends UserError {
  readonly __typename = 'PaymentReviewDecidedError';

  constructor() {
    super('Somebody has decided on this case already. Reload it to see how.');
  }
}
