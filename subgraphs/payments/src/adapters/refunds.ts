import type { PrismaClient, Refund as RefundRow } from '@marquee/prisma-payments';

import type { Refunds } from '../domain/ports.ts';
import type { DueRefund } from '../domain/refund.ts';
import { refundOf } from './settlement.ts';

const MAX_BACKOFF_SECONDS = 600;

/** Card refunds that are due at the provider. */
export class RefundRepository implements Refunds {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async claimDue(now: Date, limit: number): Promise<DueRefund[]> {
    const rows = await this.#client.$queryRaw<(RefundRow & { chargeId: string })[]>`
      UPDATE refunds r SET
        attempts = attempts + 1,
        next_try_at = ${now}::timestamptz
          + least(power(2, least(attempts, 10)), ${MAX_BACKOFF_SECONDS}::float8) * interval '1 second'
      FROM payments p
      WHERE p.id = r.payment_id AND r.id IN (
        SELECT id FROM refunds WHERE status = 'PENDING' AND next_try_at <= ${now}::timestamptz
        ORDER BY next_try_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
      )
      RETURNING r.id, r.payment_id AS "paymentId", r.booking_id AS "bookingId", r.customer_id AS "customerId",
        r.amount, r.currency, r.method, r.reason, r.status, p.charge_id AS "chargeId"`;
    return rows.map((row) => ({ ...refundOf(row), chargeId: row.chargeId }));
  }
}
