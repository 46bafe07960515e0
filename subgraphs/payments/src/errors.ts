import { UserError } from '@marquee/errors';
import { formatMoney, type Money } from '@marquee/money';

import type { MembershipRefusal } from './domain/billing/membership-changes.ts';
import type { Payment } from './domain/payment.ts';

const DECLINE_MESSAGES: ReadonlyMap<string | null, string> = new Map([
  ['insufficient_funds', 'The card was declined: insufficient funds.'],
  ['authentication_failed', 'The payment was not confirmed, and nothing was charged. Try again or use another card.'],
  ['authentication_required', 'Your bank wants you to confirm this payment. Pay again, or use another card.'],
  ['expired_card', 'The card has expired. Use another card.'],
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
  EXPIRED: 'This booking can no longer be paid: it was cancelled, or its time has run out. Book the seats again.',
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

/** The wallet holds less than is to be paid. */
export class InsufficientWalletBalanceError extends UserError {
  readonly __typename = 'InsufficientWalletBalanceError';
  readonly balance: Money;

  constructor(balance: Money) {
    super(`The wallet holds ${formatMoney(balance)}, which is too little. Top it up or pay by card.`);
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

/** The card has expired. */
export class CardExpiredError extends UserError {
  readonly __typename = 'CardExpiredError';

  constructor() {
    super('This card has expired. Save your new card instead.');
  }
}

/** A mandate is charged to the card, and no other card can take its place. */
export class PaymentMethodInUseError extends UserError {
  readonly __typename = 'PaymentMethodInUseError';

  constructor() {
    super('Your membership or a recurring payment is charged to this card. Save another card first, or cancel them.');
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

/** The payment has not ended: the customer must act, or the provider has not reported its outcome. */
export class PaymentPendingError extends UserError {
  readonly __typename = 'PaymentPendingError';
  readonly payment: Payment;

  constructor(payment: Payment) {
    super(
      payment.status === 'REQUIRES_ACTION'
        ? 'Confirm the payment on its page. It takes effect once it has succeeded.'
        : 'The payment is being processed. It takes effect once it has succeeded.',
    );
    this.payment = payment;
  }
}

/** The customer has a membership. */
export class MembershipExistsError extends UserError {
  readonly __typename = 'MembershipExistsError';

  constructor() {
    super('You have a membership. Change its plan instead.');
  }
}

const REFUSAL_MESSAGES: Readonly<Record<MembershipRefusal, string>> = {
  SAME_PLAN: 'This is your plan already.',
  OTHER_CURRENCY: 'This plan is in another currency. Cancel your membership, then subscribe to it.',
  TRIALING: 'A trial cannot be paused. Cancel it, and nothing is charged.',
  PAST_DUE: 'Your last payment was declined. Save another card as the default, or cancel.',
  PAUSED: 'Your membership is paused. Resume it first.',
  NOT_PAUSED: 'Your membership is not paused.',
  CANCELLED: 'Your membership is about to end. Resume it first.',
  RENEWAL_UNDER_WAY: 'Your membership is being charged. Try again in a minute.',
};

/** The membership is in a state that forbids the change. */
export class MembershipNotChangeableError extends UserError {
  readonly __typename = 'MembershipNotChangeableError';
  readonly reason: MembershipRefusal;

  constructor(reason: MembershipRefusal) {
    super(REFUSAL_MESSAGES[reason]);
    this.reason = reason;
  }
}

/** The recurring payment has expired. */
export class RecurringPaymentEndedError extends UserError {
  readonly __typename = 'RecurringPaymentEndedError';

  constructor() {
    super('This recurring payment has expired, because its card was declined. Create another with a new card.');
  }
}

/** Less is available to an organisation than it wants to be paid. */
export class PayoutExceedsBalanceError extends UserError {
  readonly __typename = 'PayoutExceedsBalanceError';
  readonly available: Money;

  constructor(available: Money) {
    super(`You can request at most ${formatMoney({ ...available, amount: Math.max(0, available.amount) })} now.`);
    this.available = available;
  }
}
