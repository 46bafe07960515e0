import { CodedError } from '@marquee/errors';

import { PaymentDeclinedError, PaymentProviderUnavailableError } from '../errors.ts';
import { type ChargeCardDeps, chargeNow } from './charge-card.ts';
import { OWN_DECLINE_CODES, type Payment } from '../domain/payment.ts';

/** The payment of a request: begun by it, or by an earlier one with the same key. */
export interface Begun {
  readonly payment: Payment | null;
  /** Whether the request is a repetition. */
  readonly again: boolean;
}

export interface FinishDeps extends ChargeCardDeps {
  readonly now: () => Date;
}

/**
 * Brings a payment that a request has just begun to where the provider lets it, and tells what came of it. A repetition
 * is told what came of the first.
 *
 * @throws {PaymentDeclinedError} when it failed
 * @throws {PaymentProviderUnavailableError} when it failed since the provider could not be reached
 * @throws {CodedError} IDEMPOTENCY_IN_PROGRESS to a repetition while the first request waits for the provider
 */
export async function finish(deps: FinishDeps, { payment, again }: Begun): Promise<Payment> {
  if (!payment) throw new Error('The payment of an idempotency key is gone');
  if (again) return outcomeOf(unlessBusy(payment, deps.now()));
  return outcomeOf(payment.method === 'CARD' ? await chargeNow(deps, payment) : payment);
}

function outcomeOf(payment: Payment): Payment {
  if (payment.status !== 'FAILED') return payment;
  if (payment.declineCode === OWN_DECLINE_CODES.unavailable) throw new PaymentProviderUnavailableError();
  throw new PaymentDeclinedError(payment.declineCode);
}

function unlessBusy(payment: Payment, now: Date): Payment {
  const busy = payment.status === 'PROCESSING' && payment.busyUntil !== null && payment.busyUntil > now;
  if (!busy) return payment;
  throw new CodedError('IDEMPOTENCY_IN_PROGRESS');
}
