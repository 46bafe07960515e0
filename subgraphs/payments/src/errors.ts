import { UserError } from '@marquee/errors';

import type { Money } from './domain/money.ts';

const DECLINED: Readonly<Record<string, string>> = {
  insufficient_funds: 'The card has not enough money on it.',
  invalid_card: 'The card was not recognised.',
};

/** The card was declined; nothing was charged. */
export class PaymentDeclinedError extends UserError {
  readonly __typename = 'PaymentDeclinedError';
  readonly declineCode: string | null;

  constructor(declineCode: string | null) {
    super(DECLINED[declineCode ?? ''] ?? 'The payment was declined. Try another card.');
    this.declineCode = declineCode;
  }
}

export type NotPayableReason = 'PAID' | 'PAYMENT_UNDER_WAY' | 'EXPIRED';

const NOT_PAYABLE: Readonly<Record<NotPayableReason, string>> = {
  PAID: 'This booking is paid already.',
  PAYMENT_UNDER_WAY: 'A payment of this booking is under way.',
  EXPIRED: 'The time to pay this booking is over.',
};

/** The booking is paid, being paid, or over. */
export class BookingNotPayableError extends UserError {
  readonly __typename = 'BookingNotPayableError';
  readonly reason: NotPayableReason;

  constructor(reason: NotPayableReason) {
    super(NOT_PAYABLE[reason]);
    this.reason = reason;
  }
}

/** The wallet holds less than the booking costs. */
export class InsufficientWalletBalanceError extends UserError {
  readonly __typename = 'InsufficientWalletBalanceError';
  readonly balance: Money;

  constructor(balance: Money) {
    super('The wallet has not enough money for this booking.');
    this.balance = balance;
  }
}

/** The provider refused to keep the card. */
export class CardRejectedError extends UserError {
  readonly __typename = 'CardRejectedError';
  readonly declineCode: string | null;

  constructor(declineCode: string | null) {
    super(DECLINED[declineCode ?? ''] ?? 'The card could not be saved. Try another card.');
    this.declineCode = declineCode;
  }
}

/** The provider cannot be reached, and surely nothing was charged. */
export class PaymentProviderUnavailableError extends UserError {
  readonly __typename = 'PaymentProviderUnavailableError';

  constructor() {
    super('Cards cannot be reached at the moment. Nothing was charged: try again soon.');
  }
}
