import type { PrismaClient } from '@marquee/prisma-payments';

import type { Payment } from '../domain/payment.ts';
import type { DueWork } from '../domain/ports.ts';
import type { CardRefund } from '../domain/refund.ts';
import {
  PAYMENT_COLUMNS,
  toPayment,
  REFUND_COLUMNS,
  type SelectedCardRefund,
  type SelectedPayment,
  toCardRefund,
} from './rows.ts';

const MAX_CHECK_BACKOFF_SECONDS = 60;
const MAX_REFUND_BACKOFF_SECONDS = 600;

/** Payments and refunds that are due at the provider. Instances that claim at the same time share them out. */
export class DueWorkRepository implements DueWork {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async claimPayments(dueBy: Date, now: Date, limit: number): Promise<Payment[]> {
    // Backoff starts at the later time, and a check at the deadline is never skipped.
    const after = dueBy > now ? dueBy : now;
    const rows = await this.#client.$queryRaw<SelectedPayment[]>`
      UPDATE payments p SET
        checks = checks + 1,
        next_check_at = least(
          ${after}::timestamptz
            + least(power(2, least(checks, 10)), ${MAX_CHECK_BACKOFF_SECONDS}::float8) * interval '1 second',
          CASE WHEN deadline > ${after}::timestamptz THEN deadline END
        )
      WHERE p.id = ANY (ARRAY (
        SELECT id FROM payments
        WHERE status IN ('PROCESSING', 'REQUIRES_ACTION') AND next_check_at <= ${dueBy}::timestamptz
        ORDER BY next_check_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
      ))
      RETURNING ${PAYMENT_COLUMNS}`;
    return rows.map(toPayment);
  }

  async claimRefunds(now: Date, limit: number): Promise<CardRefund[]> {
    const rows = await this.#client.$queryRaw<SelectedCardRefund[]>`
      UPDATE refunds r SET
        attempts = attempts + 1,
        next_try_at = ${now}::timestamptz
          + least(power(2, least(attempts, 10)), ${MAX_REFUND_BACKOFF_SECONDS}::float8) * interval '1 second'
      FROM payments p
      WHERE p.id = r.payment_id AND r.id = ANY (ARRAY (
        SELECT id FROM refunds WHERE status = 'PENDING' AND next_try_at <= ${now}::timestamptz
        ORDER BY next_try_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
      ))
      RETURNING ${REFUND_COLUMNS}, p.charge_id AS "chargeId"`;
    return rows.map(toCardRefund);
  }
}
