import { releaseIdempotencyKey } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import type { PrismaClient } from '@marquee/prisma-payments';

import type { JournalEntry } from '../domain/ledger.ts';
import { isLive, type Payment } from '../domain/payment.ts';
import type { ReceivedEvent } from '../domain/payment-provider.ts';
import type { NewRefund, Refund } from '../domain/refund.ts';
import type {
  LockedPayment,
  PaymentUpdate,
  RefundOutcome,
  Settlement,
  SettlementTransaction,
} from '../domain/settlement.ts';
import { postEntry } from './ledger.ts';
import { refundedEvent, statusEvents } from './payment-events.ts';
import { ProviderEventRepository } from './provider-events.ts';
import { PAYMENT_COLUMNS, toPayment, toRefund, type SelectedPayment } from './rows.ts';
import { type Transaction, TRANSACTION_LIMITS } from './transaction.ts';

/** Time for the webhook to arrive before the reconciler asks the provider. */
const FIRST_CHECK_MS = 5_000;

/** Settles payments and refunds in one transaction. A payment is locked before its refunds. */
export class SettlementRepository implements Settlement {
  readonly #tx: Transaction;
  readonly #now: () => Date;

  constructor(tx: Transaction, now: () => Date) {
    this.#tx = tx;
    this.#now = now;
  }

  async lockPayment(id: string): Promise<LockedPayment | null> {
    const [row] = await this.#tx.$queryRaw<SelectedPayment[]>`
      SELECT ${PAYMENT_COLUMNS} FROM payments p WHERE p.id = ${id} FOR UPDATE`;
    if (!row) return null;
    // A separate query, because one that waits for a lock reads other tables as of before the wait.
    const [entry] = await this.#tx.$queryRaw<{ captured: boolean }[]>`
      SELECT EXISTS (SELECT FROM journal_entries WHERE payment_id = ${id} AND refund_id IS NULL) AS captured`;
    return { ...toPayment(row), captured: entry?.captured ?? false };
  }

  async updatePayment(payment: Payment, update: PaymentUpdate): Promise<Payment> {
    const now = this.#now();
    const live = isLive(update);
    const settled = !live && isLive(payment);
    const row = await this.#tx.payment.update({
      where: { id: payment.id },
      data: {
        ...update,
        busyUntil: null,
        ...(update.status !== payment.status && { version: { increment: 1 } }),
        ...(live ? { nextCheckAt: firstCheck(payment, now) } : { cardSource: null, nextCheckAt: null }),
        ...(settled && { settledAt: now }),
      },
    });
    const updated = toPayment(row);
    if (updated.status !== payment.status) await appendToOutbox(this.#tx, statusEvents(updated));
    return updated;
  }

  async releaseIdempotencyKey({ customerId, id }: Payment): Promise<void> {
    await releaseIdempotencyKey(this.#tx, customerId, id);
  }

  async post(entry: JournalEntry): Promise<void> {
    await postEntry(this.#tx, entry, this.#now());
  }

  async createRefund({ amount, ...refund }: NewRefund): Promise<Refund> {
    const now = this.#now();
    const nextTryAt = refund.method === 'CARD' ? now : null;
    await this.#tx.payment.update({
      where: { id: refund.paymentId },
      data: { refundedAmount: { increment: amount.amount } },
    });
    const row = await this.#tx.refund.create({
      data: { ...refund, ...amount, status: 'PENDING', nextTryAt, createdAt: now },
    });
    return toRefund(row);
  }

  async lockRefund(id: string): Promise<Refund | null> {
    await this.#tx.$queryRaw`
      SELECT id FROM payments WHERE id = (SELECT payment_id FROM refunds WHERE id = ${id}) FOR UPDATE`;
    const row = await this.#tx.refund.findUnique({ where: { id } });
    return row && toRefund(row);
  }

  async closeRefund(refund: Refund, outcome: RefundOutcome): Promise<void> {
    await this.#tx.refund.update({
      where: { id: refund.id },
      data: { ...outcome, nextTryAt: null, settledAt: this.#now() },
    });
    if (outcome.status === 'SUCCEEDED') await appendToOutbox(this.#tx, [refundedEvent(refund)]);
    else await this.#releaseReserved(refund);
  }

  /** Makes the amount of a failed refund refundable again. */
  async #releaseReserved({ paymentId, amount }: Refund): Promise<void> {
    await this.#tx.payment.update({
      where: { id: paymentId },
      data: { refundedAmount: { decrement: amount.amount } },
    });
  }

  recordEvent(provider: string, event: ReceivedEvent): Promise<boolean> {
    return new ProviderEventRepository(this.#tx).add(provider, event, this.#now());
  }
}

/** Soon, but no later than the deadline. */
function firstCheck({ deadline }: Payment, now: Date): Date {
  return new Date(Math.min(now.getTime() + FIRST_CHECK_MS, Math.max(now.getTime(), deadline.getTime())));
}

/** Runs each settlement in a transaction of its own. */
export function settlementTransactions(client: PrismaClient, now: () => Date): SettlementTransaction {
  return (work) => client.$transaction((tx) => work(new SettlementRepository(tx, now)), TRANSACTION_LIMITS);
}
