import type { SqlTransaction } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { minorUnits, toMoney } from '@marquee/money';
import type { PrismaClient } from '@marquee/prisma-payments';
import { type Instruments, observe } from '@marquee/telemetry';

import type { DisputeOutcome, Disputes, PaymentDispute } from '../domain/dispute.ts';
import type { Payment } from '../domain/payment.ts';
import type { SaleParts } from '../domain/sale.ts';
import { newEvent } from '../emits.ts';
import { lockPayments } from './locked-payments.ts';
import { settleShowAgain } from './settle-show-again.ts';

interface Row extends Omit<PaymentDispute, 'amount' | 'fee' | 'reserved'> {
  readonly amount: bigint;
  readonly currency: string;
  readonly fee: bigint;
  readonly reserved: bigint;
}

/** Disputes in a transaction. */
export class DisputeRepository implements Disputes {
  readonly #tx: SqlTransaction;
  readonly #now: () => Date;

  constructor(tx: SqlTransaction, now: () => Date) {
    this.#tx = tx;
    this.#now = now;
  }

  async lockPaymentOf(provider: string, chargeId: string): Promise<Payment | null> {
    const [of] = await this.#tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM payments WHERE provider = ${provider} AND charge_id = ${chargeId}`;
    return of ? lockPayments(this.#tx, of.id) : null;
  }

  async find(provider: string, providerRef: string): Promise<PaymentDispute | null> {
    const [row] = await this.#tx.$queryRaw<Row[]>`
      SELECT id, payment_id AS "paymentId", provider_ref AS "providerRef", amount, currency, fee, reason, status, reserved
      FROM payment_disputes WHERE provider = ${provider} AND provider_ref = ${providerRef}`;
    if (!row) return null;
    const { amount, currency, fee, reserved, ...of } = row;
    return { ...of, amount: toMoney(amount, currency), fee: minorUnits(fee), reserved: minorUnits(reserved) };
  }

  async isOpenFor(paymentId: string): Promise<boolean> {
    const open = await this.#tx.$queryRaw<object[]>`
      SELECT FROM payment_disputes WHERE payment_id = ${paymentId} AND status = 'OPEN'`;
    return open.length > 0;
  }

  async open(dispute: PaymentDispute, payment: Payment, provider: string): Promise<void> {
    const { id, paymentId, providerRef, amount, fee, reason, reserved } = dispute;
    await this.#tx.$executeRaw`
      INSERT INTO payment_disputes (id, provider, provider_ref, payment_id, amount, currency, fee, reason, status, reserved,
        created_at)
      VALUES (${id}, ${provider}, ${providerRef}, ${paymentId}, ${amount.amount}::bigint, ${amount.currency},
        ${fee}::bigint, ${reason}, 'OPEN', ${reserved}::bigint, ${this.#now()}::timestamptz)`;
    await this.#tx.$executeRaw`
      UPDATE payments SET refunded_amount = refunded_amount + ${reserved}::bigint WHERE id = ${paymentId}`;
    await appendToOutbox(this.#tx, [newEvent('payment.disputed', paymentId, { ...aboutOf(dispute, payment), reason })]);
  }

  async close(
    dispute: PaymentDispute,
    payment: Payment,
    outcome: DisputeOutcome,
    parts: SaleParts | null,
  ): Promise<void> {
    const { id, paymentId, reserved } = dispute;
    const now = this.#now();
    await this.#tx.$executeRaw`
      UPDATE payment_disputes SET status = ${outcome}::payment_dispute_status, parts = ${parts},
        closed_at = ${now}::timestamptz
      WHERE id = ${id}`;
    if (outcome === 'WON') {
      await this.#tx.$executeRaw`
        UPDATE payments SET refunded_amount = refunded_amount - ${reserved}::bigint WHERE id = ${paymentId}`;
    } else {
      await settleShowAgain(this.#tx, paymentId, now);
    }
    const closed = { ...aboutOf(dispute, payment), outcome };
    await appendToOutbox(this.#tx, [newEvent('payment.dispute-closed', paymentId, closed)]);
  }
}

function aboutOf({ id: disputeId, paymentId, amount }: PaymentDispute, { bookingId, customerId }: Payment) {
  return { disputeId, paymentId, bookingId, customerId, amount };
}

/** Exports the disputes that wait for a decision. */
export function observeDisputes(client: Pick<PrismaClient, '$queryRaw'>, { metrics }: Instruments): void {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_payments_disputes_open',
    help: 'Disputes of card payments that are not decided yet',
    read: async () => {
      const [row] = await client.$queryRaw<{ open: number }[]>`
        SELECT count(*)::int AS open FROM payment_disputes WHERE status = 'OPEN'`;
      return row?.open ?? 0;
    },
  });
}
