import type { SqlTransaction } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { minorUnits, toMoney } from '@marquee/money';
import type { PrismaClient } from '@marquee/prisma-payments';
import { type Instruments, observe } from '@marquee/telemetry';

import type { DisputeOutcome, Disputes, LostDispute, PaymentDispute } from '../domain/dispute.ts';
import { accountId, walletOf } from '../domain/ledger.ts';
import type { Payment } from '../domain/payment.ts';
import { newEvent } from '../emits.ts';
import { lockPayments } from './locked-payments.ts';
import { settleShowAgain } from './settle-show-again.ts';

type Amount = 'amount' | 'fee' | 'reserved' | 'claimed' | 'held';

interface Row extends Omit<PaymentDispute, Amount>, Record<Amount, bigint> {
  readonly currency: string;
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
      SELECT id, payment_id AS "paymentId", provider_ref AS "providerRef", amount, currency, fee, reason, status, reserved,
        claimed, held
      FROM payment_disputes WHERE provider = ${provider} AND provider_ref = ${providerRef}`;
    if (!row) return null;
    const { amount, currency, fee, reserved, claimed, held, ...of } = row;
    return {
      ...{ ...of, amount: toMoney(amount, currency), fee: minorUnits(fee), reserved: minorUnits(reserved) },
      ...{ claimed: minorUnits(claimed), held: minorUnits(held) },
    };
  }

  async isOpenFor(paymentId: string): Promise<boolean> {
    const open = await this.#tx.$queryRaw<object[]>`
      SELECT FROM payment_disputes WHERE payment_id = ${paymentId} AND status = 'OPEN'`;
    return open.length > 0;
  }

  async refundedToWallet(paymentId: string): Promise<number> {
    const [row] = await this.#tx.$queryRaw<{ amount: bigint }[]>`
      SELECT coalesce(sum(amount), 0)::bigint AS amount FROM refunds
      WHERE payment_id = ${paymentId} AND method = 'WALLET' AND status <> 'FAILED'`;
    return minorUnits(row?.amount ?? 0n);
  }

  async available(payment: Payment, amount: number): Promise<number> {
    if (amount === 0) return 0;
    const [held] = await this.#tx.$queryRaw<{ amount: bigint }[]>`
      SELECT amount FROM wallet_balances WHERE account_id = ${accountId(walletOf(payment))} FOR UPDATE`;
    return Math.min(amount, minorUnits(held?.amount ?? 0n));
  }

  async open(dispute: PaymentDispute, payment: Payment, provider: string): Promise<void> {
    const { id, paymentId, providerRef, amount, fee, reason, reserved, claimed, held } = dispute;
    await this.#tx.$executeRaw`
      INSERT INTO payment_disputes (id, provider, provider_ref, payment_id, amount, currency, fee, reason, status, reserved,
        customer_id, claimed, held, created_at)
      VALUES (${id}, ${provider}, ${providerRef}, ${paymentId}, ${amount.amount}::bigint, ${amount.currency},
        ${fee}::bigint, ${reason}, 'OPEN', ${reserved}::bigint, ${payment.customerId}, ${claimed}::bigint, ${held}::bigint,
        ${this.#now()}::timestamptz)`;
    await this.#tx.$executeRaw`
      UPDATE payments SET refunded_amount = refunded_amount + ${reserved}::bigint WHERE id = ${paymentId}`;
    await appendToOutbox(this.#tx, [newEvent('payment.disputed', paymentId, { ...aboutOf(dispute, payment), reason })]);
  }

  async close(dispute: PaymentDispute, payment: Payment, lost: LostDispute | null): Promise<void> {
    const { id, paymentId, reserved } = dispute;
    const outcome: DisputeOutcome = lost === null ? 'WON' : 'LOST';
    const now = this.#now();
    await this.#tx.$executeRaw`
      UPDATE payment_disputes SET status = ${outcome}::payment_dispute_status, parts = ${lost?.parts ?? null},
        owed = ${lost?.owed ?? 0}::bigint, closed_at = ${now}::timestamptz
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
