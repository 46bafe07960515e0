import type { PrismaClient } from '@marquee/prisma-payments';

import type { TimeWindow } from '../domain/payment-provider.ts';
import type { ProviderBooks } from '../domain/ports.ts';
import type { CardRefund, Refund } from '../domain/refund.ts';
import type { SettleablePayment } from '../domain/payment.ts';
import {
  PAYMENT_COLUMNS,
  REFUND_COLUMNS,
  type SelectedCardRefund,
  type SelectedPayment,
  type SelectedRefund,
  toCardRefund,
  toPayment,
  toRefund,
} from './rows.ts';

type SettleableRow = SelectedPayment & { captured: boolean };

/** Our side of the comparison with one provider. */
export class ProviderBooksRepository implements ProviderBooks {
  readonly #client: PrismaClient;
  readonly #provider: string;

  constructor(client: PrismaClient, provider: string) {
    this.#client = client;
    this.#provider = provider;
  }

  async comparedUntil(): Promise<Date | null> {
    const row = await this.#client.providerComparison.findUnique({ where: { provider: this.#provider } });
    return row?.comparedUntil ?? null;
  }

  async advance(until: Date): Promise<void> {
    await this.#client.$executeRaw`
      INSERT INTO provider_comparisons (provider, compared_until) VALUES (${this.#provider}, ${until}::timestamptz)
      ON CONFLICT (provider) DO UPDATE
        SET compared_until = greatest(provider_comparisons.compared_until, excluded.compared_until)`;
  }

  async payments(ids: readonly string[]): Promise<SettleablePayment[]> {
    const rows = await this.#client.$queryRaw<SettleableRow[]>`
      SELECT ${PAYMENT_COLUMNS},
        EXISTS (SELECT FROM journal_entries WHERE payment_id = p.id AND refund_id IS NULL) AS captured
      FROM payments p WHERE p.id = ANY (${ids}::text[])`;
    return rows.map(toSettleable);
  }

  async refunds(ids: readonly string[]): Promise<Refund[]> {
    const rows = await this.#client.$queryRaw<SelectedRefund[]>`
      SELECT ${REFUND_COLUMNS} FROM refunds r WHERE r.id = ANY (${ids}::text[])`;
    return rows.map(toRefund);
  }

  async capturedIn({ from, to }: TimeWindow): Promise<SettleablePayment[]> {
    const rows = await this.#client.$queryRaw<SettleableRow[]>`
      SELECT ${PAYMENT_COLUMNS}, TRUE AS captured
      FROM payments p
      WHERE p.method = 'CARD' AND p.created_at >= ${from}::timestamptz AND p.created_at < ${to}::timestamptz
        AND p.provider = ${this.#provider}
        AND EXISTS (SELECT FROM journal_entries WHERE payment_id = p.id AND refund_id IS NULL)`;
    return rows.map(toSettleable);
  }

  async refundedIn({ from, to }: TimeWindow): Promise<CardRefund[]> {
    const rows = await this.#client.$queryRaw<SelectedCardRefund[]>`
      SELECT ${REFUND_COLUMNS}, p.charge_id AS "chargeId" FROM refunds r JOIN payments p ON p.id = r.payment_id
      WHERE r.settled_at >= ${from}::timestamptz AND r.settled_at < ${to}::timestamptz
        AND r.method = 'CARD' AND r.status = 'SUCCEEDED' AND p.provider = ${this.#provider}`;
    return rows.map(toCardRefund);
  }
}

function toSettleable(row: SettleableRow): SettleablePayment {
  return { ...toPayment(row), captured: row.captured };
}
