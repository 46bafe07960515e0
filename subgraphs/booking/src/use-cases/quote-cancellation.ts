import type { Money } from '@marquee/money';

import type { RefundTarget } from '../domain/cancellation.ts';
import { CancellationClosedError } from '../errors.ts';
import { type CancellationChoice, decideCancellation, type DecideCancellationDeps } from './decide-cancellation.ts';

export interface CancellationQuote {
  readonly refund: Money;
  readonly fee: Money;
  readonly refundPercent: number;
  readonly refundTo: RefundTarget;
  readonly validUntil: Date;
}

/**
 * The refund that cancelling would give; null when cancelling is not possible.
 *
 * Whoever cancels until `validUntil` gets at least this: no step of the policy ends before, a show that is moved
 * meanwhile can be cancelled for free, and a ticket's share of the price is its own.
 *
 * @throws {CodedError} BAD_USER_INPUT for tickets of another booking
 */
export async function quoteCancellation(
  deps: DecideCancellationDeps,
  choice: CancellationChoice,
): Promise<CancellationQuote | null> {
  try {
    const { refund, refundPercent, validUntil } = await decideCancellation(deps, choice);
    const { currency } = choice.booking.price;
    const money = (amount: number): Money => ({ amount, currency });
    return {
      ...{ refund: money(refund.amount), fee: money(refund.fee) },
      ...{ refundPercent, refundTo: 'SOURCE', validUntil },
    };
  } catch (error) {
    if (error instanceof CancellationClosedError) return null;
    throw error;
  }
}
