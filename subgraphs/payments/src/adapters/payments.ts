import { insertIdempotencyKey, isCheckViolation, isUniqueViolation } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import type { PrismaClient } from '@marquee/prisma-payments';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { JournalEntry } from '../domain/ledger.ts';
import type { NewPayment, Payment } from '../domain/payment.ts';
import type { NewCardPayment, NotBegun, NotToppedUp, Payments, RequestKey } from '../domain/ports.ts';
import { postEntry } from './ledger.ts';
import { eventsOf } from './payment-events.ts';
import { PAYMENT_COLUMNS, paymentOf, type SelectedPayment } from './payment-rows.ts';
import type { Transaction } from './transaction.ts';

const LIVE_OR_SUCCEEDED = ['REQUIRES_ACTION', 'PROCESSING', 'SUCCEEDED'] as const;
const LONGEST_PAUSE_SECONDS = 60;
const TRANSACTION_LIMITS = { maxWait: 10_000, timeout: 15_000 };

export interface PaymentRepositoryDeps {
  readonly client: PrismaClient;
  readonly newEntryId: () => string;
}

/** Payments as they are begun and read; what settles them is {@link SettlementRepository}. */
export class PaymentRepository implements Payments {
  readonly #client: PrismaClient;
  readonly #newEntryId: () => string;

  constructor({ client, newEntryId }: PaymentRepositoryDeps) {
    this.#client = client;
    this.#newEntryId = newEntryId;
  }

  async find(id: string): Promise<Payment | null> {
    if (!isPossibleId(id)) return null;
    const row = await this.#client.payment.findUnique({ where: { id } });
    return row && paymentOf(row);
  }

  async findMany(ids: readonly string[]): Promise<Payment[]> {
    const rows = await this.#client.payment.findMany({ where: { id: { in: [...ids] } } });
    return rows.map(paymentOf);
  }

  /** The payments of bookings, the latest first, by one statement. */
  async ofBookings(bookingIds: readonly string[]): Promise<Payment[]> {
    const rows = await this.#client.payment.findMany({
      where: { bookingId: { in: [...bookingIds] } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    });
    return rows.map(paymentOf);
  }

  async currentOf(bookingId: string): Promise<Payment | null> {
    const row = await this.#client.payment.findFirst({ where: { bookingId, status: { in: [...LIVE_OR_SUCCEEDED] } } });
    return row && paymentOf(row);
  }

  begin(payment: NewCardPayment, key: RequestKey): Promise<Payment | NotBegun> {
    return this.#unlessRefused((tx) => insertCardPayment(tx, payment, key));
  }

  beginTopUp(payment: NewCardPayment, most: number, key: RequestKey): Promise<Payment | NotToppedUp> {
    const { customerId, amount } = payment;
    return this.#client.$transaction(async (tx) => {
      // A customer's top-ups take turns: each sees what those before it may still add.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${customerId}, 0))`;
      const [row] = await tx.$queryRaw<{ full: boolean }[]>`
        SELECT coalesce(sum(amount), 0) + ${amount.amount}::bigint > ${most}::bigint AS full FROM (
          SELECT amount FROM wallet_balances WHERE customer_id = ${customerId} AND currency = ${amount.currency}
          UNION ALL
          SELECT amount FROM payments WHERE customer_id = ${customerId} AND currency = ${amount.currency}
            AND purpose = 'WALLET_TOP_UP' AND status IN ('PROCESSING', 'REQUIRES_ACTION')) AS held`;
      return row?.full ? 'TOO_MUCH' : insertCardPayment(tx, payment, key);
    }, TRANSACTION_LIMITS);
  }

  payFromWallet(payment: NewPayment, entry: JournalEntry, key: RequestKey): Promise<Payment | NotBegun> {
    const { amount, ...rest } = payment;
    return this.#unlessRefused(async (tx) => {
      await insertIdempotencyKey(tx, key, payment.id);
      const row = await tx.payment.create({
        data: { ...rest, ...amount, method: 'WALLET', status: 'SUCCEEDED', settledAt: payment.createdAt },
      });
      await postEntry(tx, this.#newEntryId(), entry, payment.createdAt);
      const paid = paymentOf(row);
      await appendToOutbox(tx, eventsOf(paid));
      return paid;
    });
  }

  async #unlessRefused(work: (tx: Transaction) => Promise<Payment>): Promise<Payment | NotBegun> {
    try {
      return await this.#client.$transaction(work, TRANSACTION_LIMITS);
    } catch (error) {
      if (isUniqueViolation(error, 'payments_one_live_per_booking')) return 'OTHER_PAYMENT';
      if (isCheckViolation(error, 'wallet_balances_not_negative')) return 'TOO_LITTLE';
      throw error;
    }
  }

  async release(id: string): Promise<void> {
    await this.#client.payment.updateMany({ where: { id, status: 'PROCESSING' }, data: { busyUntil: null } });
  }

  async claimDue(dueBy: Date, now: Date, limit: number): Promise<Payment[]> {
    // Also when looked at ahead of time, the next look is to come after this one; the deadline is looked at on time.
    const after = dueBy > now ? dueBy : now;
    const rows = await this.#client.$queryRaw<SelectedPayment[]>`
      UPDATE payments p SET
        checks = checks + 1,
        next_check_at = least(
          ${after}::timestamptz + least(power(2, least(checks, 10)), ${LONGEST_PAUSE_SECONDS}::float8) * interval '1 second',
          CASE WHEN deadline > ${after}::timestamptz THEN deadline END
        )
      WHERE p.id IN (
        SELECT id FROM payments
        WHERE status IN ('PROCESSING', 'REQUIRES_ACTION') AND next_check_at <= ${dueBy}::timestamptz
        ORDER BY next_check_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
      )
      RETURNING ${PAYMENT_COLUMNS}`;
    return rows.map(paymentOf);
  }
}

async function insertCardPayment(tx: Transaction, payment: NewCardPayment, key: RequestKey): Promise<Payment> {
  const { amount, busyUntil, ...rest } = payment;
  // The key comes first: of two equal requests the second must fail on it, and be answered with what the first made.
  await insertIdempotencyKey(tx, key, payment.id);
  const row = await tx.payment.create({
    data: { ...rest, ...amount, method: 'CARD', status: 'PROCESSING', busyUntil, nextCheckAt: busyUntil },
  });
  return paymentOf(row);
}
