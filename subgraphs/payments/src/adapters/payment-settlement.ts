import { isUniqueViolation, sql, type Sql } from '@marquee/database';
import { outboxInsert } from '@marquee/events';
import type { PrismaClient } from '@marquee/prisma-payments';

import { isLive, type Payment, type SettleablePayment } from '../domain/payment.ts';
import type { NewRefund } from '../domain/refund.ts';
import type { PaymentChange, PaymentSettlement } from '../domain/settlement.ts';
import { posting } from './ledger.ts';
import { statusEvents } from './payment-events.ts';
import { PAYMENT_COLUMNS, type SelectedPayment, toPayment } from './rows.ts';

/** Time for the webhook to arrive before the reconciler asks the provider. */
const FIRST_CHECK_MS = 5_000;

/** Settles payments. Each change is one statement, on the condition that the payment is still as it was read. */
export class PaymentSettlementRepository implements PaymentSettlement {
  readonly #client: PrismaClient;
  readonly #now: () => Date;

  constructor(client: PrismaClient, now: () => Date) {
    this.#client = client;
    this.#now = now;
  }

  async find(id: string): Promise<SettleablePayment | null> {
    const [row] = await this.#client.$queryRaw<(SelectedPayment & { captured: boolean })[]>`
      SELECT ${PAYMENT_COLUMNS},
        EXISTS (SELECT FROM journal_entries WHERE payment_id = p.id AND refund_id IS NULL) AS captured
      FROM payments p WHERE p.id = ${id}`;
    return row ? { ...toPayment(row), captured: row.captured } : null;
  }

  async change(payment: SettleablePayment, change: PaymentChange): Promise<Payment | null> {
    try {
      const [row] = await this.#client.$queryRaw<SelectedPayment[]>(changeStatement(payment, change, this.#now()));
      return row ? toPayment(row) : null;
    } catch (error) {
      // A late capture changes no field that the condition could see.
      if (isUniqueViolation(error, 'journal_entries_one_capture')) return null;
      throw error;
    }
  }
}

function changeStatement(payment: SettleablePayment, change: PaymentChange, now: Date): Sql {
  const { id, customerId, version, chargeId, actionUrl } = payment;
  const { update, entry, refund, releasesKey = false } = change;
  const given = sql`changed`;
  const moved = update.status !== payment.status;
  const events = moved ? statusEvents({ ...payment, ...update }) : [];
  return sql`
    WITH changed AS (
      UPDATE payments SET status = ${update.status}::payment_status, version = version + ${moved ? 1 : 0}::int,
        charge_id = ${update.chargeId}, action_url = ${update.actionUrl}, decline_code = ${update.declineCode},
        card_fingerprint = ${update.cardFingerprint}::text,
        refunded_amount = refunded_amount + ${refund?.amount.amount ?? 0}::bigint, busy_until = NULL,
        ${isLive(update) ? sql`next_check_at = ${firstCheck(payment, now)}::timestamptz` : ended(now)}
      WHERE id = ${id} AND version = ${version}::int
        AND (charge_id, action_url) IS NOT DISTINCT FROM (${chargeId}::text, ${actionUrl}::text)
      RETURNING *
    )
    ${entry ? sql`, ${posting(entry, now, given)}` : sql``}
    ${refund ? sql`, refunded AS (${refundInsert(refund, now)})` : sql``}
    ${events.length > 0 ? sql`, emitted AS (${outboxInsert(events, given)})` : sql``}
    ${releasesKey ? sql`, released AS (${keyRelease(customerId)})` : sql``}
    SELECT ${PAYMENT_COLUMNS} FROM changed p`;
}

function ended(now: Date): Sql {
  return sql`next_check_at = NULL, card_source = NULL, settled_at = coalesce(settled_at, ${now}::timestamptz)`;
}

function refundInsert({ amount, ...refund }: NewRefund, now: Date): Sql {
  return sql`
    INSERT INTO refunds (id, payment_id, booking_id, customer_id, amount, currency, method, reason, status, next_try_at,
      created_at)
    SELECT ${refund.id}, changed.id, booking_id, customer_id, ${amount.amount}::bigint, ${amount.currency},
      ${refund.method}::payment_method_kind, ${refund.reason}, 'PENDING', ${now}::timestamptz, ${now}::timestamptz
    FROM changed`;
}

function keyRelease(caller: string): Sql {
  return sql`DELETE FROM idempotency_keys USING changed WHERE caller = ${caller} AND resource_id = changed.id`;
}

/** Soon, but no later than the deadline. */
function firstCheck({ deadline }: Payment, now: Date): Date {
  return new Date(Math.min(now.getTime() + FIRST_CHECK_MS, Math.max(now.getTime(), deadline.getTime())));
}
