import { CodedError, type UserError } from '@marquee/errors';

import { INTERNAL_DECLINE_CODES, type Payment } from '../domain/payment.ts';
import { PaymentDeclinedError, PaymentProviderUnavailableError } from '../errors.ts';
import { chargeCard, type ChargeCardDeps, resumeCharge } from './charge-card.ts';

/** The payment of a request: created by it, or by an earlier one with the same idempotency key. */
export interface RequestedPayment {
  readonly payment: Payment | null;
  readonly replayed: boolean;
}

/**
 * Charges a payment that the request has just created. A replayed request gets the payment of the first one, and asks
 * the provider again when the first one got no answer.
 *
 * @throws {PaymentDeclinedError} when the payment failed
 * @throws {PaymentProviderUnavailableError} when it failed because the provider was unreachable
 * @throws {CodedError} IDEMPOTENCY_IN_PROGRESS for a replay while the first request is still charging
 */
export async function completePayment(deps: ChargeCardDeps, { payment, replayed }: RequestedPayment): Promise<Payment> {
  if (!payment) throw new Error('The payment of an idempotency key is missing');
  if (replayed) assertNotBusy(payment, deps.now());
  const completed = await (replayed ? resumeCharge(deps, payment) : charge(deps, payment));
  assertNotFailed(completed);
  return completed;
}

function charge(deps: ChargeCardDeps, payment: Payment): Payment | Promise<Payment> {
  return payment.method === 'WALLET' ? payment : chargeCard(deps, payment);
}

function assertNotFailed(payment: Payment): void {
  if (payment.status === 'FAILED') throw failureOf(payment);
}

/** The error of a payment that did not succeed. */
export function failureOf({ declineCode }: Pick<Payment, 'declineCode'>): UserError {
  if (declineCode === INTERNAL_DECLINE_CODES.unavailable) return new PaymentProviderUnavailableError();
  return new PaymentDeclinedError(declineCode);
}

/** @throws {CodedError} IDEMPOTENCY_IN_PROGRESS while the request that created the payment is charging it */
export function assertNotBusy({ status, busyUntil }: Payment, now: Date): void {
  if (status !== 'PROCESSING' || busyUntil === null || busyUntil <= now) return;
  throw new CodedError('IDEMPOTENCY_IN_PROGRESS');
}
