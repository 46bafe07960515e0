import { badInput, notFound } from '@marquee/errors';
import type { Money } from '@marquee/money';
import type { RunIdempotently } from '@marquee/subgraph';
import { isPossibleId, newId } from '@marquee/subgraph/ids';

import { requireAnother } from '../access.ts';
import type { Payment } from '../domain/payment.ts';
import type { ProviderName } from '../domain/payment-provider.ts';
import type { Payments } from '../domain/ports.ts';
import { type Refund, refundableOf } from '../domain/refund.ts';
import type { Settlement, SettlementTransaction } from '../domain/settlement.ts';
import { PaymentNotRefundableError } from '../errors.ts';
import { refundLocked } from './request-refund.ts';

export interface RefundPaymentDeps {
  readonly provider: ProviderName;
  readonly payments: Pick<Payments, 'findRefund'>;
  readonly inTransaction: SettlementTransaction;
  readonly runIdempotently: RunIdempotently;
}

export interface RefundPaymentInput {
  /** The member of staff. */
  readonly staffId: string;
  readonly paymentId: string;
  /** All that is left when not given. */
  readonly amount?: Money | null | undefined;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/**
 * Refunds a payment on behalf of staff, in full or in part. The payment is locked, so that refunds at the same time never
 * exceed it together.
 *
 * @throws {PaymentNotRefundableError} when it has less left
 * @throws {CodedError} NOT_FOUND, FORBIDDEN for a payment of their own, BAD_USER_INPUT also while staff have to decide on
 *   a refund that was refused, and for the idempotency key
 */
export async function refundPayment(deps: RefundPaymentDeps, input: RefundPaymentInput): Promise<Refund> {
  const { staffId: caller, idempotencyKey: key, paymentId, amount, reason } = input;
  assertPossible(input);
  return deps.runIdempotently(
    { caller, operation: 'refundPayment', key, body: { paymentId, amount, reason } },
    (record) =>
      deps.inTransaction(async (settlement) => {
        const id = newId('rfd');
        await settlement.recordKey(record, id);
        const payment = isPossibleId(paymentId) ? await settlement.lockPayment(paymentId) : null;
        if (!payment) throw notFound('payment');
        requireAnother(payment, caller);
        await assertDecided(settlement, payment);
        const order = {
          id,
          amount: toRefund(refundableOf(payment), amount),
          reason: reason.trim(),
          method: payment.method,
          requestedBy: caller,
        };
        return refundLocked(settlement, deps.provider, payment, order);
      }),
    async (refundId) => {
      const refund = await deps.payments.findRefund(refundId);
      if (!refund) throw new Error('The refund of an idempotency key is missing');
      return refund;
    },
  );
}

/**
 * The money of a refund that the provider refused is for the decision on it to give: a booking may get its tickets for it.
 *
 * @throws {CodedError} BAD_USER_INPUT
 */
async function assertDecided(settlement: Settlement, { id, bookingId }: Payment): Promise<void> {
  if (!(await settlement.hasUndecidedRefund(id))) return;
  const decide = bookingId === null ? 'payment review' : 'booking';
  throw badInput('input.paymentId', `A refund of this payment was refused. Decide on its ${decide} first.`);
}

function assertPossible({ amount, reason }: RefundPaymentInput): void {
  if (amount && amount.amount <= 0) throw badInput('input.amount.amount', 'Enter an amount above zero.');
  if (reason.trim() === '') throw badInput('input.reason', 'Enter why the payment is refunded.');
}

function toRefund(refundable: Money, asked: Money | null | undefined): Money {
  const { currency } = refundable;
  if (asked && asked.currency !== currency)
    throw badInput('input.amount.currency', `This payment was made in ${currency}.`);
  const amount = asked?.amount ?? refundable.amount;
  if (amount === 0 || amount > refundable.amount) throw new PaymentNotRefundableError(refundable);
  return { amount, currency };
}
