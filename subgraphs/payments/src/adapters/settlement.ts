import { appendToOutbox } from '@marquee/events';
import type { PrismaClient, Refund as RefundRow } from '@marquee/prisma-payments';

import type { JournalEntry } from '../domain/ledger.ts';
import { isLive, type Payment } from '../domain/payment.ts';
import type { Atomically, LockedPayment, PaymentMove, RefundEnd, Settlement } from '../domain/ports.ts';
import type { NewRefund, Refund } from '../domain/refund.ts';
import { postEntry } from './ledger.ts';
import { eventsOf, refundedEvent } from './payment-events.ts';
import { PAYMENT_COLUMNS, paymentOf, type SelectedPayment } from './payment-rows.ts';
import type { Transaction } from './transaction.ts';

export interface SettlementDeps {
  readonly now: () => Date;
  readonly newEntryId: () => string;
}

/** How long a webhook is waited for before the provider is asked. */
const FIRST_LOOK_MS = 5_000;

/** What settles payments and refunds within one transaction. Payments are locked before their refunds. */
export class SettlementRepository implements Settlement {
  readonly #tx: Transaction;
  readonly #deps: SettlementDeps;

  constructor(tx: Transaction, deps: SettlementDeps) {
    this.#tx = tx;
    this.#deps = deps;
  }

  async lock(paymentId: string): Promise<LockedPayment | null> {
    const [row] = await this.#tx.$queryRaw<(SelectedPayment & { captured: boolean })[]>`
      SELECT ${PAYMENT_COLUMNS} FROM payments p WHERE p.id = ${paymentId} FOR UPDATE`;
    if (!row) return null;
    // Asked once the lock is held: a query that waits for a lock sees the rest as it was before it waited.
    const [entry] = await this.#tx.$queryRaw<{ captured: boolean }[]>`
      SELECT EXISTS (SELECT FROM journal_entries WHERE payment_id = ${paymentId} AND refund_id IS NULL) AS captured`;
    return { ...paymentOf(row), captured: entry?.captured ?? false };
  }

  async move(payment: Payment, move: PaymentMove): Promise<Payment> {
    const now = this.#deps.now();
    const open = isLive(move);
    const ended = !open && isLive(payment);
    const row = await this.#tx.payment.update({
      where: { id: payment.id },
      data: {
        ...move,
        busyUntil: null,
        ...(open ? { nextCheckAt: firstLook(payment, now) } : { cardSource: null, nextCheckAt: null }),
        ...(ended && { settledAt: now }),
      },
    });
    const moved = paymentOf(row);
    if (moved.status !== payment.status) await appendToOutbox(this.#tx, eventsOf(moved));
    return moved;
  }

  async post(entry: JournalEntry): Promise<void> {
    await postEntry(this.#tx, this.#deps.newEntryId(), entry, this.#deps.now());
  }

  async addRefund({ amount, ...refund }: NewRefund): Promise<Refund> {
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

  async lockRefund(refundId: string): Promise<Refund | null> {
    await this.#tx.$queryRaw`
      SELECT id FROM payments WHERE id = (SELECT payment_id FROM refunds WHERE id = ${refundId}) FOR UPDATE`;
    const row = await this.#tx.refund.findUnique({ where: { id: refundId } });
    return row && refundOf(row);
  }

  async endRefund(refund: Refund, end: RefundEnd): Promise<Refund> {
    const row = await this.#tx.refund.update({
      where: { id: refund.id },
      data: { ...end, nextTryAt: null, settledAt: this.#deps.now() },
    });
    if (end.status === 'SUCCEEDED') await appendToOutbox(this.#tx, [refundedEvent(refundOf(row))]);
    else await this.#setFree(refund);
    return refundOf(row);
  }

  /** What a failed refund had set aside can be refunded again. */
  async #setFree({ paymentId, amount }: Refund): Promise<void> {
    await this.#tx.payment.update({
      where: { id: paymentId },
      data: { refundedAmount: { decrement: amount.amount } },
    });
  }

  async recordEvent(provider: string, event: { id: string; type: string; payload: object }): Promise<boolean> {
    const { id, type, payload } = event;
    const inserted = await this.#tx.$executeRaw`
      INSERT INTO provider_events (provider, event_id, type, payload, received_at)
      VALUES (${provider}, ${id}, ${type}, ${JSON.stringify(payload)}::jsonb, ${this.#deps.now()}::timestamptz)
      ON CONFLICT DO NOTHING`;
    return inserted === 1;
  }
}

/** Soon, and at the deadline at the latest. */
function firstLook({ deadline }: Payment, now: Date): Date {
  return new Date(Math.min(now.getTime() + FIRST_LOOK_MS, Math.max(now.getTime(), deadline.getTime())));
}

export function refundOf({ amount, currency, ...row }: RefundRow): Refund {
  const { id, paymentId, bookingId, customerId, method, reason, status } = row;
  return { id, paymentId, bookingId, customerId, amount: { amount, currency }, method, reason, status };
}

/** Runs work on a settlement in a transaction of its own. */
export function atomicallyOn(client: PrismaClient, deps: SettlementDeps): Atomically {
  return (work) =>
    client.$transaction((tx) => work(new SettlementRepository(tx, deps)), { maxWait: 10_000, timeout: 15_000 });
}
