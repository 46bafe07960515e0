import { type IdempotencyRow, isCheckViolation, isUniqueViolation, keyInsert, type Sql, sql } from '@marquee/database';
import { outboxInsert } from '@marquee/events';
import type { FairQueue } from '@marquee/fair-queue';
import type { PrismaClient } from '@marquee/prisma-payments';
import { refusedByRisk, riskRefusalOf } from '@marquee/subgraph';
import { isPossibleId } from '@marquee/subgraph/ids';

import { HOUR_MS } from '../domain/declines.ts';
import type { JournalEntry } from '../domain/ledger.ts';
import type { NewBookingPayment, NewCardPayment, NewTopUp, NewWalletPayment, Payment } from '../domain/payment.ts';
import type { PaymentRefusal, Payments, TopUpRefusal } from '../domain/ports.ts';
import type { Refund } from '../domain/refund.ts';
import { lastDeclines, lastTries } from './declines.ts';
import { posting } from './ledger.ts';
import { statusEvents } from './payment-events.ts';
import { PAYMENT_COLUMNS, type SelectedPayment, toPayment, toRefund } from './rows.ts';
import { type Transaction, TRANSACTION_LIMITS } from './transaction.ts';

const LIVE_OR_SUCCEEDED = ['REQUIRES_ACTION', 'PROCESSING', 'SUCCEEDED'] as const;

/** Creates and reads payments; {@link PaymentSettlementRepository} settles them. */
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

  async findRefund(id: string): Promise<Refund | null> {
    const row = await this.#client.refund.findUnique({ where: { id } });
    return row && toRefund(row);
  }

  async refundsOf(paymentIds: readonly string[]): Promise<Refund[]> {
    const rows = await this.#client.refund.findMany({
      where: { paymentId: { in: paymentIds.filter(isPossibleId) } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    });
    return rows.map(toRefund);
  }

  async currentOf(bookingId: string): Promise<Payment | null> {
    const row = await this.#client.payment.findFirst({
      where: { bookingId, status: { in: [...LIVE_OR_SUCCEEDED] } },
      orderBy: { requestNumber: 'desc' },
    });
    return row && toPayment(row);
  }

  create(payment: NewBookingPayment, idempotency: IdempotencyRow): Promise<Payment | PaymentRefusal> {
    const declines = lastDeclines(payment.customerId, payment.createdAt);
    const order = sql`${payable(payment)} AND NOT EXISTS (${declines})`;
    return this.#created(cardPaymentStatement(payment, order, idempotency));
  }

  payFromWallet(
    payment: NewWalletPayment,
    entry: JournalEntry,
    idempotency: IdempotencyRow,
  ): Promise<Payment | PaymentRefusal> {
    return this.#created(walletPaymentStatement(payment, entry, idempotency));
  }

  createTopUp(payment: NewTopUp, maxBalance: number, idempotency: IdempotencyRow): Promise<Payment | TopUpRefusal> {
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
      if (row?.exceeded) return 'MAX_BALANCE_EXCEEDED';
      const [created] = await tx.$queryRaw<SelectedPayment[]>(
        cardPaymentStatement(payment, topUpOf(payment), idempotency),
      );
      return created ? toPayment(created) : 'DECLINED_TOO_OFTEN';
    };
    return refusedByRisk(this.#topUps.run(customerId, () => this.#client.$transaction(create, TRANSACTION_LIMITS)));
  }

  /** Turns a violated constraint into the refusal it stands for. */
  async #created(statement: Sql): Promise<Payment | PaymentRefusal> {
    try {
      const [row] = await this.#client.$queryRaw<SelectedPayment[]>(statement);
      return row ? toPayment(row) : 'NOT_PAYABLE';
    } catch (error) {
      if (isUniqueViolation(error, 'payments_one_live_per_booking')) return 'OTHER_PAYMENT';
      if (isCheckViolation(error, 'wallet_balances_not_negative')) return 'INSUFFICIENT_BALANCE';
      throw riskRefusalOf(error) ?? error;
    }
  }

  async noCardUntil(customerId: string, now: Date): Promise<Date | null> {
    const [row] = await this.#client.$queryRaw<{ tried_at: Date }[]>(lastDeclines(customerId, now));
    return row ? new Date(row.tried_at.getTime() + HOUR_MS) : null;
  }

  async handOver(id: string, at: Date): Promise<void> {
    const data = { busyUntil: null, nextCheckAt: at };
    await this.#client.payment.updateMany({ where: { id, status: 'PROCESSING' }, data });
  }
}

type PayerOfBooking = Pick<NewBookingPayment, 'bookingId' | 'customerId' | 'signedInAt'>;

/** Selects what a booking's payment is to be, provided that its customer can pay it now. */
function payable({ bookingId, customerId, signedInAt }: PayerOfBooking): Sql {
  return sql`
    SELECT customer_id, 'BOOKING'::payment_purpose AS purpose, id AS booking_id, amount, currency, sale,
      request_number, expires_at AS deadline
    FROM payable_bookings
    WHERE id = ${bookingId} AND customer_id = ${customerId} AND status = 'PAYABLE' AND expires_at > now()
      AND assert_may_buy(customer_id, ${signedInAt}::timestamptz)`;
}

function topUpOf({ customerId, signedInAt, amount: { amount, currency }, deadline, createdAt }: NewTopUp): Sql {
  return sql`
    SELECT ${customerId}::text AS customer_id, 'WALLET_TOP_UP'::payment_purpose AS purpose, NULL::text AS booking_id,
      ${amount}::bigint AS amount, ${currency}::text AS currency, NULL::jsonb AS sale,
      1 AS request_number,
      ${deadline}::timestamptz AS deadline
    WHERE NOT EXISTS (${lastTries(customerId, createdAt)}) AND assert_may_buy(${customerId}, ${signedInAt}::timestamptz)`;
}

type CardCharge = Pick<NewCardPayment, 'id' | 'provider' | 'cardSource' | 'returnUrl' | 'busyUntil' | 'createdAt'>;

/** Creates a card payment if `order` selects one. The key comes first: a repeated request must fail on it. */
function cardPaymentStatement(payment: CardCharge, order: Sql, idempotency: IdempotencyRow): Sql {
  const { id, provider, cardSource, returnUrl, busyUntil, createdAt } = payment;
  return sql`
    WITH ordered AS (${order}), keyed AS (${keyInsert(idempotency, id, sql`ordered`)} RETURNING resource_id), p AS (
      INSERT INTO payments (id, customer_id, purpose, booking_id, method, status, amount, currency, sale, request_number, provider,
        card_source, return_url, deadline, busy_until, next_check_at, created_at)
      SELECT resource_id, customer_id, purpose, booking_id, 'CARD', 'PROCESSING', amount, currency, sale, request_number, ${provider},
        ${cardSource}, ${returnUrl}, deadline, ${busyUntil}::timestamptz, ${busyUntil}::timestamptz, ${createdAt}::timestamptz
      FROM ordered, keyed
      RETURNING *
    )
    SELECT ${PAYMENT_COLUMNS} FROM p`;
}

/** Creates and settles a wallet payment of a booking, provided that it still costs the same. */
function walletPaymentStatement(payment: NewWalletPayment, entry: JournalEntry, idempotency: IdempotencyRow): Sql {
  const { id, amount, createdAt } = payment;
  const paid = { ...payment, method: 'WALLET', status: 'SUCCEEDED', declineCode: null, cardFingerprint: null } as const;
  const given = sql`p`;
  return sql`
    WITH ordered AS (${payable(payment)} AND amount = ${amount.amount}::bigint AND currency = ${amount.currency}),
    keyed AS (${keyInsert(idempotency, id, sql`ordered`)} RETURNING resource_id), p AS (
      INSERT INTO payments (id, customer_id, purpose, booking_id, method, status, amount, currency, sale, request_number, deadline,
        created_at, settled_at)
      SELECT resource_id, customer_id, purpose, booking_id, 'WALLET', 'SUCCEEDED', amount, currency, sale, request_number, deadline,
        ${createdAt}::timestamptz, ${createdAt}::timestamptz
      FROM ordered, keyed
      RETURNING *
    ), ${posting(entry, createdAt, given)}, emitted AS (${outboxInsert(statusEvents(paid), given)})
    SELECT ${PAYMENT_COLUMNS} FROM p`;
}
