import type { SqlTransaction } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';

import { newEvent } from '../emits.ts';

interface EndedMembership {
  readonly membershipId: string;
  readonly planId: string;
  readonly periodEnd: Date;
  readonly freeCancellations: number;
  readonly bookingFeePercentOff: number;
}

/** Removes a customer. Payments, refunds, invoices and the ledger stay for the books. */
export class ErasedCustomerRepository {
  readonly #tx: SqlTransaction;

  constructor(tx: SqlTransaction) {
    this.#tx = tx;
  }

  async erase(customerId: string, now: Date): Promise<void> {
    await this.#endMandates(customerId, now);
    await this.#removeCards(customerId, now);
    await this.#tx.$executeRaw`
      UPDATE payments SET return_url = NULL, card_fingerprint = NULL WHERE customer_id = ${customerId}
        AND coalesce(return_url, card_fingerprint) IS NOT NULL AND settled_at IS NOT NULL`;
    await this.#forgetReasons(customerId);
  }

  /** Staff give reasons in their own words, which may be about the customer; those of rules say a kind. */
  async #forgetReasons(customerId: string): Promise<void> {
    await this.#tx.$executeRaw`
      UPDATE refunds SET reason = 'Erased' FROM payments
      WHERE payments.customer_id = ${customerId} AND refunds.payment_id = payments.id
        AND requested_by IS NOT NULL AND reason <> 'Erased'`;
    await this.#tx.$executeRaw`
      UPDATE payment_review_decisions SET reason = 'Erased'
      WHERE reason <> 'Erased' AND review_id IN (
        SELECT review.id FROM payment_reviews AS review
        LEFT JOIN refunds ON refunds.id = refund_id
        JOIN payments ON payments.id IN (review.payment_id, refunds.payment_id)
        WHERE payments.customer_id = ${customerId})`;
  }

  /** Nothing is charged any more. A charge that is under way settles, and ends with its mandate. */
  async #endMandates(customerId: string, now: Date): Promise<void> {
    const memberships = await this.#tx.$queryRaw<EndedMembership[]>`
      WITH live AS (
        SELECT id FROM mandates WHERE customer_id = ${customerId} AND ended_at IS NULL ORDER BY id FOR UPDATE
      ), ended AS (
        UPDATE mandates SET status = 'CANCELLED', ended_at = ${now}::timestamptz, next_action_at = NULL,
          version = version + 1
        FROM live WHERE mandates.id = live.id RETURNING mandates.id, plan_id, period_end
      )
      SELECT ended.id AS "membershipId", plan_id AS "planId", period_end AS "periodEnd",
        free_cancellations AS "freeCancellations", booking_fee_percent_off AS "bookingFeePercentOff"
      FROM ended JOIN membership_plans AS plan ON plan.id = plan_id`;
    const events = memberships.map(({ periodEnd, ...membership }) =>
      newEvent('payments.membership-changed', membership.membershipId, {
        ...{ ...membership, customerId, status: 'CANCELLED' as const, periodEnd: periodEnd.toISOString() },
      }),
    );
    await appendToOutbox(this.#tx, events);
  }

  /** The cards go at the provider too, by the job that removes cards. The lock is that of other changes of cards. */
  async #removeCards(customerId: string, now: Date): Promise<void> {
    await this.#tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`cards of ${customerId}`}, 0))`;
    await this.#tx.$executeRaw`
      WITH removed AS (DELETE FROM payment_methods WHERE customer_id = ${customerId} RETURNING provider, provider_ref)
      INSERT INTO card_removals (provider, provider_ref, next_try_at)
      SELECT provider, provider_ref, ${now}::timestamptz FROM removed ON CONFLICT DO NOTHING`;
  }
}
