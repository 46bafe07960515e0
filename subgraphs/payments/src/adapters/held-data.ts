import type { SqlTransaction } from '@marquee/database';

/** The data that is held about a person. */
export class HeldDataRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async of(userId: string): Promise<Record<string, unknown>> {
    const [payments, refunds, cards, wallets, movements, owed, disputes, mandates, charges, invoices, work] =
      await Promise.all([
        this.#sql.$queryRaw`
        SELECT id, purpose::text, booking_id AS "bookingId", method::text, status::text, amount::float8 AS amount, currency,
          created_at AS "createdAt", settled_at AS "settledAt"
        FROM payments WHERE customer_id = ${userId} ORDER BY created_at`,
        this.#sql.$queryRaw`
        SELECT id, payment_id AS "paymentId", amount::float8 AS amount, currency, method::text, status::text, reason,
          created_at AS "createdAt"
        FROM refunds WHERE customer_id = ${userId} ORDER BY created_at`,
        this.#sql.$queryRaw`
        SELECT brand, last4 AS "lastDigits", expiry_month AS "expiryMonth", expiry_year AS "expiryYear",
          created_at AS "savedAt"
        FROM payment_methods WHERE customer_id = ${userId} ORDER BY created_at`,
        this.#sql.$queryRaw`
        SELECT amount::float8 AS balance, currency FROM wallet_balances WHERE customer_id = ${userId} ORDER BY currency`,
        this.#sql.$queryRaw`
        SELECT entry.kind::text, (-posting.amount)::float8 AS amount, posting.currency,
          balance_after::float8 AS "balanceAfter", entry.created_at AS at
        FROM postings AS posting JOIN journal_entries AS entry ON entry.id = entry_id
        WHERE account_id IN (SELECT account_id FROM wallet_balances WHERE customer_id = ${userId}) ORDER BY posting.seq`,
        this.#sql.$queryRaw`
        SELECT sum(owed)::float8 AS owed, currency FROM wallet_rewards WHERE customer_id = ${userId} AND owed > 0
        GROUP BY currency ORDER BY currency`,
        this.#sql.$queryRaw`
        SELECT status::text, amount::float8 AS amount, held::float8 AS held, owed::float8 AS owed, currency,
          created_at AS "createdAt", closed_at AS "closedAt"
        FROM payment_disputes WHERE customer_id = ${userId} ORDER BY created_at`,
        this.#sql.$queryRaw`
        SELECT mandate.id, purpose::text, status::text, mandate.amount::float8 AS amount, mandate.currency,
          mandate.interval::text, plan.name AS plan, period_end AS "periodEnd", mandate.created_at AS "createdAt",
          ended_at AS "endedAt"
        FROM mandates AS mandate LEFT JOIN membership_plans AS plan ON plan.id = plan_id
        WHERE customer_id = ${userId} ORDER BY mandate.created_at`,
        this.#sql.$queryRaw`
        SELECT mandate_id AS "recurringPaymentId", charge.status::text, lines, total::float8 AS total,
          payment_id AS "paymentId", charge.created_at AS "createdAt"
        FROM mandate_charges AS charge JOIN mandates ON mandates.id = mandate_id
        WHERE customer_id = ${userId} ORDER BY charge.created_at`,
        this.#sql.$queryRaw`
        SELECT country, sequence, lines, total::float8 AS total, tax::float8 AS tax, currency, issued_at AS "issuedAt"
        FROM invoices WHERE customer_id = ${userId} ORDER BY issued_at, sequence`,
        this.#work(userId),
      ]);
    const recurring = { membershipsAndRecurringPayments: mandates, recurringCharges: charges };
    return {
      payments,
      refunds,
      cards,
      wallets,
      walletMovements: movements,
      owedOfRewards: owed,
      disputes,
      ...recurring,
      invoices,
      work,
    };
  }

  /** The work of the person for others, and when: it says nothing about those. */
  #work(userId: string): PromiseLike<unknown> {
    return this.#sql.$queryRaw`
      SELECT * FROM (
        SELECT 'requested a refund' AS what, id, created_at AS at FROM refunds WHERE requested_by = ${userId}
        UNION ALL SELECT 'requested a payout', id, created_at FROM payouts WHERE requested_by = ${userId}
        UNION ALL SELECT 'added a membership plan', id, created_at FROM membership_plans WHERE created_by = ${userId}
        UNION ALL SELECT 'decided a review', review_id, decided_at FROM payment_review_decisions
          WHERE decided_by = ${userId}) AS work
      ORDER BY at`;
  }
}
