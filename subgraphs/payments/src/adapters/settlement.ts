import { type IdempotencyRow, insertIdempotencyKey } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { sumOf } from '@marquee/money';
import type { PrismaClient } from '@marquee/prisma-payments';

import type { JournalEntry } from '../domain/ledger.ts';
import type { Payment } from '../domain/payment.ts';
import type { Finding } from '../domain/payment-review.ts';
import type { NewRefund, Refund } from '../domain/refund.ts';
import type { SaleParts } from '../domain/sale.ts';
import type { RefundOutcome, Settlement, SettlementTransaction } from '../domain/settlement.ts';
import { postEntry } from './ledger.ts';
import { refundedEvent } from './payment-events.ts';
import { openReviews } from './payment-reviews.ts';
import { PAYMENT_COLUMNS, toPayment, toRefund, type SelectedPayment } from './rows.ts';
import { type Transaction, TRANSACTION_LIMITS } from './transaction.ts';

/** Makes and closes refunds in a transaction. A payment is locked before its refunds. */
export class SettlementRepository implements Settlement {
  readonly #tx: Transaction;
  readonly #now: () => Date;

  constructor(tx: Transaction, now: () => Date) {
    this.#tx = tx;
    this.#now = now;
  }

  async lockPayment(id: string): Promise<Payment | null> {
    const [row] = await this.#tx.$queryRaw<SelectedPayment[]>`
      SELECT ${PAYMENT_COLUMNS} FROM payments p WHERE p.id = ${id} FOR UPDATE`;
    return row ? toPayment(row) : null;
  }

  async recordKey(idempotency: IdempotencyRow, refundId: string): Promise<void> {
    await insertIdempotencyKey(this.#tx, idempotency, refundId);
  }

  async post(entry: JournalEntry): Promise<void> {
    await postEntry(this.#tx, entry, this.#now());
  }

  async refundedParts(paymentId: string): Promise<SaleParts> {
    const refunds = await this.#tx.$queryRaw<{ parts: SaleParts }[]>`
      SELECT parts FROM refunds WHERE payment_id = ${paymentId} AND status <> 'FAILED' AND parts IS NOT NULL`;
    const sum = (part: keyof SaleParts) => sumOf(refunds.map(({ parts }) => parts[part]));
    return { venue: sum('venue'), fees: sum('fees'), tax: sum('tax') };
  }

  async createRefund({ amount, parts, ...refund }: NewRefund): Promise<Refund> {
    const now = this.#now();
    const nextTryAt = refund.method === 'CARD' ? now : null;
    await this.#tx.payment.update({
      where: { id: refund.paymentId },
      data: { refundedAmount: { increment: amount.amount } },
    });
    const row = await this.#tx.refund.create({
      data: {
        ...refund,
        ...amount,
        ...(parts && { parts: { ...parts } }),
        status: 'PENDING',
        nextTryAt,
        createdAt: now,
      },
    });
    return toRefund(row);
  }

  async lockRefund(id: string): Promise<Refund | null> {
    await this.#tx.$queryRaw`
      SELECT id FROM payments WHERE id = (SELECT payment_id FROM refunds WHERE id = ${id}) FOR UPDATE`;
    const row = await this.#tx.refund.findUnique({ where: { id } });
    return row && toRefund(row);
  }

  openReview(provider: string, finding: Finding): Promise<void> {
    return openReviews(this.#tx, provider, [finding], this.#now());
  }

  async closeRefund(refund: Refund, outcome: RefundOutcome): Promise<void> {
    await this.#tx.refund.update({
      where: { id: refund.id },
      data: { ...outcome, nextTryAt: null, settledAt: this.#now() },
    });
    if (outcome.status === 'FAILED') return this.#releaseReserved(refund);
    await this.#settleShowAgain(refund);
    await appendToOutbox(this.#tx, [refundedEvent(refund)]);
  }

  /** What a refund takes from a show that has ended is taken from its organisation with the next settlement. */
  async #settleShowAgain({ paymentId }: Refund): Promise<void> {
    await this.#tx.$executeRaw`
      UPDATE payable_shows AS show SET settled_at = NULL FROM payments AS payment
      WHERE payment.id = ${paymentId} AND show.id = payment.sale ->> 'showId' AND show.settled_at IS NOT NULL`;
  }

  /** Makes the amount of a failed refund refundable again. */
  async #releaseReserved({ paymentId, amount }: Refund): Promise<void> {
    await this.#tx.payment.update({
      where: { id: paymentId },
      data: { refundedAmount: { decrement: amount.amount } },
    });
  }
}

/** Runs each refund's work in a transaction of its own. */
export function settlementTransactions(client: PrismaClient, now: () => Date): SettlementTransaction {
  return (work) => client.$transaction((tx) => work(new SettlementRepository(tx, now)), TRANSACTION_LIMITS);
}
