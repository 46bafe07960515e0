import { type IdempotencyRow, insertIdempotencyKey, type SqlDatabase, type SqlTransaction } from '@marquee/database';
import { appendToOutbox, audited, type NewEvent } from '@marquee/events';
import { formatMoney, minorUnits } from '@marquee/money';

import type { JournalEntry } from '../domain/ledger.ts';
import type { Disputes } from '../domain/dispute.ts';
import type { Payment } from '../domain/payment.ts';
import type { Finding } from '../domain/payment-review.ts';
import type { NewRefund, Refund } from '../domain/refund.ts';
import { sumOfParts } from '../domain/sale.ts';
import type {
  FailedRefundDecision,
  RefundOutcome,
  Settlement,
  SettlementTransaction,
  SoldParts,
} from '../domain/settlement.ts';
import { DisputeRepository } from './disputes.ts';
import { postEntry } from './ledger.ts';
import { lockPayments } from './locked-payments.ts';
import { refundedEvent, refundFailedEvent } from './payment-events.ts';
import { decideFailedRefunds, openReviews } from './payment-reviews.ts';
import { REFUND_COLUMNS, type SelectedRefund, toParts, toRefund, toSale } from './rows.ts';
import { settleShowAgain } from './settle-show-again.ts';
import { TRANSACTION_LIMITS } from './transaction.ts';

/** Makes and closes refunds in a transaction. A payment is locked before its refunds. */
export class SettlementRepository implements Settlement {
  readonly #tx: SqlTransaction;
  readonly #now: () => Date;

  readonly disputes: Disputes;

  constructor(tx: SqlTransaction, now: () => Date) {
    this.#tx = tx;
    this.#now = now;
    this.disputes = new DisputeRepository(tx, now);
  }

  async lockPayment(id: string): Promise<Payment | null> {
    return lockPayments(this.#tx, id);
  }

  async recordKey(idempotency: IdempotencyRow, refundId: string): Promise<void> {
    await insertIdempotencyKey(this.#tx, idempotency, refundId);
  }

  async post(entry: JournalEntry): Promise<void> {
    await postEntry(this.#tx, entry, this.#now());
  }

  async sold({ id, bookingId }: Pick<Payment, 'id' | 'bookingId'>): Promise<SoldParts> {
    const rows = await this.#tx.$queryRaw<{ sale: unknown; refunded: unknown[] }[]>`
      SELECT sale, ARRAY(SELECT parts FROM refunds
        WHERE payment_id = payment.id AND status <> 'FAILED' AND parts IS NOT NULL
        UNION ALL SELECT parts FROM payment_disputes WHERE payment_id = payment.id AND parts IS NOT NULL) AS refunded
      FROM payments AS payment
      WHERE (id = ${id} OR booking_id = ${bookingId}::text) AND status = 'SUCCEEDED' AND sale IS NOT NULL`;
    return {
      sales: rows.flatMap(({ sale }) => toSale(sale) ?? []),
      refunded: sumOfParts(rows.flatMap(({ refunded }) => refunded.map(toParts))),
    };
  }

  async createRefund(refund: NewRefund): Promise<Refund> {
    const { id, paymentId, bookingId, customerId, parts = null, method, reason, requestedBy = null } = refund;
    const { amount, currency } = refund.amount;
    const now = this.#now();
    const [row] = await this.#tx.$queryRaw<SelectedRefund[]>`
      WITH reserved AS (UPDATE payments SET refunded_amount = refunded_amount + ${amount} WHERE id = ${paymentId})
      INSERT INTO refunds AS r (id, payment_id, booking_id, customer_id, amount, currency, parts, method, reason,
        requested_by, status, next_try_at, created_at)
      VALUES (${id}, ${paymentId}, ${bookingId}, ${customerId}, ${amount}, ${currency}, ${parts},
        ${method}::payment_method_kind, ${reason}, ${requestedBy}, 'PENDING', ${method === 'CARD' ? now : null}, ${now})
      RETURNING ${REFUND_COLUMNS}`;
    if (requestedBy !== null) await appendToOutbox(this.#tx, [refundMade(refund, requestedBy)]);
    return toRefund(row as SelectedRefund);
  }

  async lockRefund(id: string): Promise<Refund | null> {
    const [of] = await this.#tx.$queryRaw<{ paymentId: string }[]>`
      SELECT payment_id AS "paymentId" FROM refunds WHERE id = ${id}`;
    if (!of) return null;
    await lockPayments(this.#tx, of.paymentId);
    const [row] = await this.#tx.$queryRaw<
      SelectedRefund[]
    >`SELECT ${REFUND_COLUMNS} FROM refunds r WHERE r.id = ${id}`;
    return row ? toRefund(row) : null;
  }

  decideFailedRefunds(decision: FailedRefundDecision): ReturnType<Settlement['decideFailedRefunds']> {
    return decideFailedRefunds(this.#tx, { ...decision, decidedAt: this.#now() });
  }

  async hasUndecidedRefund(paymentId: string): Promise<boolean> {
    const undecided = await this.#tx.$queryRaw<object[]>`
      SELECT FROM refunds JOIN payments ON payments.id = refunds.payment_id
      JOIN payment_reviews AS review
        ON review.provider = payments.provider AND review.kind = 'REFUND_FAILED' AND subject = refunds.id
      WHERE refunds.payment_id = ${paymentId} AND review.status <> 'CLOSED'`;
    return undecided.length > 0;
  }

  async closeReview(id: string): Promise<boolean> {
    const closed = await this.#tx.$executeRaw`
      UPDATE payment_reviews SET status = 'CLOSED' WHERE id = ${id} AND status = 'DECIDED'`;
    return closed === 1;
  }

  openReview(provider: string, finding: Finding): Promise<void> {
    return openReviews(this.#tx, provider, [finding], this.#now());
  }

  async closeRefund(refund: Refund, outcome: RefundOutcome): Promise<void> {
    const [row] = await this.#tx.$queryRaw<{ left: bigint }[]>`
      UPDATE refunds AS refund SET
        status = ${outcome.status}::refund_status, provider_ref = ${outcome.providerRef}, failure = ${outcome.failure},
        next_try_at = NULL, settled_at = ${this.#now()}
      FROM payments AS payment WHERE refund.id = ${refund.id} AND payment.id = refund.payment_id
      RETURNING payment.amount - coalesce((SELECT sum(amount) FROM refunds AS other WHERE other.payment_id = payment.id
        AND other.id <> refund.id AND other.status = 'SUCCEEDED'), 0)::bigint AS left`;
    const left = minorUnits(row?.left ?? 0n) - refund.amount.amount;
    const failed = outcome.status === 'FAILED';
    await (failed ? this.#releaseReserved(refund) : settleShowAgain(this.#tx, refund.paymentId, this.#now()));
    await appendToOutbox(this.#tx, [failed ? refundFailedEvent(refund) : refundedEvent(refund, left)]);
  }

  /** Makes the amount of a failed refund refundable again. */
  async #releaseReserved({ paymentId, amount }: Refund): Promise<void> {
    await this.#tx.$executeRaw`
      UPDATE payments SET refunded_amount = refunded_amount - ${amount.amount} WHERE id = ${paymentId}`;
  }
}

/** Runs each refund's work in a transaction of its own. */
export function settlementTransactions(client: SqlDatabase, now: () => Date): SettlementTransaction {
  return (work) => client.$sqlTransaction((tx) => work(new SettlementRepository(tx, now)), TRANSACTION_LIMITS);
}

/** The entry of the audit log for a refund that a member of staff made. */
function refundMade({ paymentId, amount }: NewRefund, actorId: string): NewEvent {
  const subject = { subjectType: 'Payment', subjectId: paymentId };
  return audited('payments', { ...subject, actorId, action: 'payment.refunded', detail: formatMoney(amount) });
}
