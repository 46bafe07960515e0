import { appendToOutbox } from '@marquee/events';
import type { PrismaClient, Refund as RefundRow } from '@marquee/prisma-payments';

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
import { LedgerRepository } from './ledger.ts';
import { refundedEvent, statusEvents } from './payment-events.ts';
import { PAYMENT_COLUMNS, paymentOf, type SelectedPayment } from './payment-rows.ts';
import { ProviderEventRepository } from './provider-events.ts';
import type { Transaction } from './transaction.ts';

export interface SettlementDeps {
  readonly now: () => Date;
  readonly newEntryId: () => string;
}

/** Time for the webhook to arrive before the reconciler asks the provider. */
const FIRST_CHECK_MS = 5_000;

/** Settles payments and refunds in one transaction. A payment is locked before its refunds. */
export class SettlementRepository implements Settlement {
  readonly #tx: Transaction;
  readonly #deps: SettlementDeps;

  constructor(tx: Transaction, deps: SettlementDeps) {
    this.#tx = tx;
    this.#deps = deps;
  }

  async lockPayment(id: string): Promise<LockedPayment | null> {
    const [row] = await this.#tx.$queryRaw<(SelectedPayment & { captured: boolean })[]>`
      SELECT ${PAYMENT_COLUMNS} FROM payments p WHERE p.id = ${id} FOR UPDATE`;
    if (!row) return null;
    // A separate query, because one that waits for a lock reads other tables as of before the wait.
    const [entry] = await this.#tx.$queryRaw<{ captured: boolean }[]>`
      SELECT EXISTS (SELECT FROM journal_entries WHERE payment_id = ${id} AND refund_id IS NULL) AS captured`;
    return { ...paymentOf(row), captured: entry?.captured ?? false };
  }

  async updatePayment(payment: Payment, update: PaymentUpdate): Promise<Payment> {
    const now = this.#deps.now();
    const live = isLive(update);
    const settled = !live && isLive(payment);
    const row = await this.#tx.payment.update({
      where: { id: payment.id },
      data: {
        ...update,
        busyUntil: null,
        ...(live ? { nextCheckAt: firstCheck(payment, now) } : { cardSource: null, nextCheckAt: null }),
        ...(settled && { settledAt: now }),
      },
    });
    const updated = paymentOf(row);
    if (updated.status !== payment.status) await appendToOutbox(this.#tx, statusEvents(updated));
    return updated;
  }

  async post(entry: JournalEntry): Promise<void> {
    await new LedgerRepository(this.#tx, this.#deps.newEntryId).post(entry, this.#deps.now());
  }

  async createRefund({ amount, ...refund }: NewRefund): Promise<Refund> {
    const now = this.#deps.now();
    const nextTryAt = refund.method === 'CARD' ? now : null;
    await this.#tx.payment.update({
      where: { id: refund.paymentId },
      data: { refundedAmount: { increment: amount.amount } },
    });
    const row = await this.#tx.refund.create({
      data: { ...refund, ...amount, status: 'PENDING', nextTryAt, createdAt: now },
    });
    return refundOf(row);
  }

  async lockRefund(id: string): Promise<Refund | null> {
    await this.#tx.$queryRaw`
      SELECT id FROM payments WHERE id = (SELECT payment_id FROM refunds WHERE id = ${id}) FOR UPDATE`;
    const row = await this.#tx.refund.findUnique({ where: { id } });
    return row && refundOf(row);
  }

  async closeRefund(refund: Refund, outcome: RefundOutcome): Promise<Refund> {
    const row = await this.#tx.refund.update({
      where: { id: refund.id },
      data: { ...outcome, nextTryAt: null, settledAt: this.#deps.now() },
    });
    if (outcome.status === 'SUCCEEDED') await appendToOutbox(this.#tx, [refundedEvent(refundOf(row))]);
    else await this.#releaseReserved(refund);
    return refundOf(row);
  }

  /** Makes the amount of a failed refund refundable again. */
  async #releaseReserved({ paymentId, amount }: Refund): Promise<void> {
    await this.#tx.payment.update({
      where: { id: paymentId },
      data: { refundedAmount: { decrement: amount.amount } },
    });
  }

  recordEvent(provider: string, event: ReceivedEvent): Promise<boolean> {
    return new ProviderEventRepository(this.#tx).add(provider, event, this.#deps.now());
  }
}

/** Soon, but no later than the deadline. */
function firstCheck({ deadline }: Payment, now: Date): Date {
  return new Date(Math.min(now.getTime() + FIRST_CHECK_MS, Math.max(now.getTime(), deadline.getTime())));
}

export function refundOf({ amount, currency, ...row }: RefundRow): Refund {
  const { id, paymentId, bookingId, customerId, method, reason, status } = row;
  return { id, paymentId, bookingId, customerId, amount: { amount, currency }, method, reason, status };
}

/** Runs each settlement in a transaction of its own. */
export function settlementTransactions(client: PrismaClient, deps: SettlementDeps): SettlementTransaction {
  return (work) =>
    client.$transaction((tx) => work(new SettlementRepository(tx, deps)), { maxWait: 10_000, timeout: 15_000 });
}
