import { type IdempotencyRow, insertIdempotencyKey, isCheckViolation, isUniqueViolation } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import type { FairQueue } from '@marquee/fair-queue';
import type { PrismaClient } from '@marquee/prisma-payments';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { JournalEntry } from '../domain/ledger.ts';
import type { NewCardPayment, NewPayment, Payment } from '../domain/payment.ts';
import type { PaymentRefusal, Payments, TopUpRefusal } from '../domain/ports.ts';
import { postEntry } from './ledger.ts';
import { statusEvents } from './payment-events.ts';
import { toPayment } from './rows.ts';
import { type Transaction, TRANSACTION_LIMITS } from './transaction.ts';

const LIVE_OR_SUCCEEDED = ['REQUIRES_ACTION', 'PROCESSING', 'SUCCEEDED'] as const;

/** Creates and reads payments; {@link SettlementRepository} settles them. */
export class PaymentRepository implements Payments {
  readonly #client: PrismaClient;
  readonly #topUps: FairQueue;

  constructor(client: PrismaClient, topUps: FairQueue) {
    this.#client = client;
    this.#topUps = topUps;
  }

  async find(id: string): Promise<Payment | null> {
    if (!isPossibleId(id)) return null;
    const row = await this.#client.payment.findUnique({ where: { id } });
    return row && toPayment(row);
  }

  async findMany(ids: readonly string[]): Promise<Payment[]> {
    const rows = await this.#client.payment.findMany({ where: { id: { in: ids.filter(isPossibleId) } } });
    return rows.map(toPayment);
  }

  async ofBookings(bookingIds: readonly string[]): Promise<Payment[]> {
    const rows = await this.#client.payment.findMany({
      where: { bookingId: { in: bookingIds.filter(isPossibleId) } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    });
    return rows.map(toPayment);
  }

  async currentOf(bookingId: string): Promise<Payment | null> {
    const row = await this.#client.payment.findFirst({ where: { bookingId, status: { in: [...LIVE_OR_SUCCEEDED] } } });
    return row && toPayment(row);
  }

  create(payment: NewCardPayment, idempotency: IdempotencyRow): Promise<Payment | PaymentRefusal> {
    return this.#transaction((tx) => insertCardPayment(tx, payment, idempotency));
  }

  createTopUp(
    payment: NewCardPayment,
    maxBalance: number,
    idempotency: IdempotencyRow,
  ): Promise<Payment | TopUpRefusal> {
    const { customerId, amount } = payment;
    const create = async (tx: Transaction) => {
      // Serializes a customer's top-ups, so that each counts the live ones before it.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${customerId}, 0))`;
      const [row] = await tx.$queryRaw<{ exceeded: boolean }[]>`
        SELECT coalesce(sum(amount), 0) + ${amount.amount}::bigint > ${maxBalance}::bigint AS exceeded FROM (
          SELECT amount FROM wallet_balances WHERE customer_id = ${customerId} AND currency = ${amount.currency}
          UNION ALL
          SELECT amount FROM payments WHERE customer_id = ${customerId} AND currency = ${amount.currency}
            AND purpose = 'WALLET_TOP_UP' AND status IN ('PROCESSING', 'REQUIRES_ACTION')) AS held`;
      return row?.exceeded ? 'MAX_BALANCE_EXCEEDED' : insertCardPayment(tx, payment, idempotency);
    };
    return this.#topUps.run(customerId, () => this.#client.$transaction(create, TRANSACTION_LIMITS));
  }

  payFromWallet(
    payment: NewPayment,
    entry: JournalEntry,
    idempotency: IdempotencyRow,
  ): Promise<Payment | PaymentRefusal> {
    const { amount, ...rest } = payment;
    return this.#transaction(async (tx) => {
      await insertIdempotencyKey(tx, idempotency, payment.id);
      const row = await tx.payment.create({
        data: { ...rest, ...amount, method: 'WALLET', status: 'SUCCEEDED', settledAt: payment.createdAt },
      });
      await postEntry(tx, entry, payment.createdAt);
      const paid = toPayment(row);
      await appendToOutbox(tx, statusEvents(paid));
      return paid;
    });
  }

  /** Turns a violated constraint into the refusal it stands for. */
  async #transaction(work: (tx: Transaction) => Promise<Payment>): Promise<Payment | PaymentRefusal> {
    try {
      return await this.#client.$transaction(work, TRANSACTION_LIMITS);
    } catch (error) {
      if (isUniqueViolation(error, 'payments_one_live_per_booking')) return 'OTHER_PAYMENT';
      if (isCheckViolation(error, 'wallet_balances_not_negative')) return 'INSUFFICIENT_BALANCE';
      throw error;
    }
  }

  async handOver(id: string, at: Date): Promise<void> {
    const data = { busyUntil: null, nextCheckAt: at };
    await this.#client.payment.updateMany({ where: { id, status: 'PROCESSING' }, data });
  }
}

async function insertCardPayment(tx: Transaction, payment: NewCardPayment, record: IdempotencyRow): Promise<Payment> {
  const { amount, busyUntil, ...rest } = payment;
  // The key comes first: the second of two equal requests must fail on it to be answered with the first one's payment.
  await insertIdempotencyKey(tx, record, payment.id);
  const row = await tx.payment.create({
    data: { ...rest, ...amount, method: 'CARD', status: 'PROCESSING', busyUntil, nextCheckAt: busyUntil },
  });
  return toPayment(row);
}
