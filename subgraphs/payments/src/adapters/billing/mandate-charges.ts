import { type IdempotencyRow, isCheckViolation, isUniqueViolation, keyInsert, type Sql, sql } from '@marquee/database';
import { outboxInsert } from '@marquee/events';
import type { PrismaClient } from '@marquee/prisma-payments';

import type { MandateCharge, NewCharge } from '../../domain/billing/charge.ts';
import type { Mandate } from '../../domain/billing/mandate.ts';
import type { MandateCharges, NewMandatePayment } from '../../domain/billing/ports.ts';
import { captureEntry } from '../../domain/sale-entries.ts';
import { posting } from '../ledger.ts';
import { statusEvents } from '../payment-events.ts';
import { toCharge } from './mandate-rows.ts';

/** Opens the charges of mandates, each by one statement. */
export class MandateChargeRepository implements MandateCharges {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async open(
    mandate: Mandate,
    charge: NewCharge,
    payment: NewMandatePayment | null,
    key?: IdempotencyRow,
  ): Promise<'OPENED' | 'INSUFFICIENT_BALANCE' | null> {
    try {
      const opened = await this.#client.$executeRaw(openStatement(mandate, charge, payment, key));
      return opened === 1 ? 'OPENED' : null;
    } catch (error) {
      if (isUniqueViolation(error, 'mandate_charges_once')) return null;
      if (isCheckViolation(error, 'wallet_balances_not_negative')) return 'INSUFFICIENT_BALANCE';
      throw error;
    }
  }

  async find(id: string): Promise<MandateCharge | null> {
    const row = await this.#client.mandateCharge.findUnique({ where: { id } });
    return row && toCharge(row);
  }

  async latestOf(mandateId: string): Promise<MandateCharge | null> {
    const row = await this.#client.mandateCharge.findFirst({ where: { mandateId }, orderBy: { id: 'desc' } });
    return row && toCharge(row);
  }

  async hasOpen(mandateId: string): Promise<boolean> {
    return (await this.#client.mandateCharge.count({ where: { mandateId, status: 'OPEN' } })) > 0;
  }

  async settleable(limit: number): Promise<string[]> {
    const rows = await this.#client.mandateCharge.findMany({
      where: {
        status: 'OPEN',
        OR: [{ paymentId: null }, { payment: { status: { in: ['SUCCEEDED', 'FAILED', 'CANCELLED'] } } }],
      },
      select: { id: true },
      take: limit,
    });
    return rows.map(({ id }) => id);
  }
}

/** Opens a charge of a mandate that is as it was read, with its payment. */
function openStatement(
  { id, version }: Mandate,
  charge: NewCharge,
  payment: NewMandatePayment | null,
  key?: IdempotencyRow,
): Sql {
  const card = payment?.instrument.kind === 'CARD' ? payment.instrument.paymentMethodId : null;
  return sql`
    WITH m AS (
      UPDATE mandates SET version = version + 1
      WHERE id = ${id} AND version = ${version}::int AND ended_at IS NULL
      RETURNING id
    )
    ${key ? sql`, keyed AS (${keyInsert(key, charge.id, sql`m`)})` : sql``}
    ${payment ? sql`, p AS (${paymentInsert(payment)})${settledAtOnce(payment)}` : sql``}
    INSERT INTO mandate_charges (id, mandate_id, sequence, status, payment_id, payment_method_id, lines, credit_used,
      credit_left, total, plan_id, created_at)
    SELECT ${charge.id}, id, ${charge.sequence}::int, 'OPEN', ${payment?.id ?? null}::text, ${card}::text,
      ${JSON.stringify(charge.lines)}::jsonb, ${charge.creditUsed}::bigint, ${charge.creditLeft}::bigint,
      ${charge.total}::bigint, ${charge.planId}::text, ${charge.createdAt}::timestamptz
    FROM m`;
}

function paymentInsert(payment: NewMandatePayment): Sql {
  const { id, customerId, purpose, amount, sale, instrument, deadline, busyUntil, createdAt } = payment;
  const { returnUrl, offSession } = payment;
  const common = sql`${id}, ${customerId}, ${purpose}::payment_purpose, ${amount.amount}::bigint, ${amount.currency},
    ${sale && JSON.stringify(sale)}::jsonb, ${deadline}::timestamptz, ${createdAt}::timestamptz`;
  const columns = sql`id, customer_id, purpose, amount, currency, sale, deadline, created_at, method, status`;
  if (instrument.kind === 'WALLET') {
    return sql`
      INSERT INTO payments (${columns}, settled_at)
      SELECT ${common}, 'WALLET', 'SUCCEEDED', ${createdAt}::timestamptz FROM m RETURNING id`;
  }
  return sql`
    INSERT INTO payments (${columns}, provider, card_source, return_url, off_session, busy_until, next_check_at)
    SELECT ${common}, 'CARD', 'PROCESSING', ${instrument.provider}, ${instrument.source}, ${returnUrl}::text,
      ${offSession}::boolean, ${busyUntil}::timestamptz, ${busyUntil}::timestamptz
    FROM m RETURNING id`;
}

/** The ledger entry and the events of a payment from the wallet. */
function settledAtOnce(payment: NewMandatePayment): Sql {
  if (payment.instrument.kind !== 'WALLET') return sql``;
  const paid = {
    ...payment,
    bookingId: null,
    method: 'WALLET',
    status: 'SUCCEEDED',
    declineCode: null,
    cardFingerprint: null,
  } as const;
  const given = sql`p`;
  return sql`, ${posting(captureEntry(paid, ''), payment.createdAt, given)},
    emitted AS (${outboxInsert(statusEvents(paid), given)})`;
}
