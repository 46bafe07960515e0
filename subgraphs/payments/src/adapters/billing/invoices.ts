import { type SqlClient, sql, type SqlTransaction } from '@marquee/database';
import { toMoney } from '@marquee/money';
import type { LatestPage } from '@marquee/subgraph';
import { isPossibleId } from '@marquee/subgraph/ids';

import { type Invoice, invoiceNumber, type NewInvoice } from '../../domain/billing/invoice.ts';
import type { CreditNotes, DueCreditNote, Invoices } from '../../domain/billing/ports.ts';

interface SelectedInvoice extends Omit<Invoice, 'number' | 'total' | 'tax'> {
  readonly sequence: number;
  readonly total: bigint;
  readonly tax: bigint;
  readonly currency: string;
}

/** Issued invoices and credit notes. */
export class InvoiceRepository implements Invoices {
  readonly #client: SqlClient;

  constructor(client: SqlClient) {
    this.#client = client;
  }

  async ofCustomers(customerIds: readonly string[], { limit, after }: LatestPage): Promise<Invoice[]> {
    const start = after ? sql`AND (issued_at, id) < (${after.createdAt}::timestamptz, ${after.id})` : sql``;
    const rows = await this.#client.$queryRaw<SelectedInvoice[]>`
      SELECT page.id, page.country, page.sequence, page.customer_id AS "customerId", page.corrects_id AS "correctsId",
        page.lines, page.total, page.tax, page.currency, page.issued_at AS "issuedAt",
        EXISTS (SELECT FROM invoices note WHERE note.corrects_id = page.id) AS credited
      FROM unnest(${customerIds.filter(isPossibleId)}::text[]) AS listed (listed_id) CROSS JOIN LATERAL (
        SELECT * FROM invoices WHERE customer_id = listed_id ${start}
        ORDER BY issued_at DESC, id DESC LIMIT ${limit + 1}) AS page`;
    return rows.map(toInvoice);
  }
}

/** Credit notes that are due: one for each refund of an invoiced payment. */
export class CreditNoteRepository implements CreditNotes {
  readonly #client: SqlClient;

  constructor(client: SqlClient) {
    this.#client = client;
  }

  async due(limit: number): Promise<DueCreditNote[]> {
    return this.#client.$queryRaw<DueCreditNote[]>`
      SELECT refund.id AS "refundId", refund.amount::float8 AS amount, (refund.parts ->> 'tax')::float8 AS tax,
        refund.currency, invoice.id AS "correctsId", invoice.country, invoice.sequence,
        invoice.customer_id AS "customerId", invoice.charge_id AS "chargeId"
      FROM refunds refund
      JOIN mandate_charges charge ON charge.payment_id = refund.payment_id
      JOIN invoices invoice ON invoice.charge_id = charge.id AND invoice.corrects_id IS NULL
      WHERE refund.booking_id IS NULL AND refund.status = 'SUCCEEDED'
        AND NOT EXISTS (SELECT FROM invoices note WHERE note.refund_id = refund.id)
      LIMIT ${limit}`;
  }

  async issue(note: NewInvoice): Promise<void> {
    await insertInvoice(this.#client, note);
  }
}

/**
 * Issues an invoice under the next number of its country.
 *
 * The series is locked until the transaction ends, so that numbers have no gaps: one that is rolled back takes none.
 */
export async function insertInvoice(tx: SqlTransaction, invoice: NewInvoice): Promise<void> {
  const { id, country, customerId, chargeId, refundId, correctsId, lines, total, tax, issuedAt } = invoice;
  await tx.$executeRaw`
    WITH series AS (
      INSERT INTO invoice_series (country, last) VALUES (${country}, 1)
      ON CONFLICT (country) DO UPDATE SET last = invoice_series.last + 1
      RETURNING last
    )
    INSERT INTO invoices (id, country, sequence, customer_id, charge_id, refund_id, corrects_id, lines, total, tax,
      currency, issued_at)
    SELECT ${id}, ${country}, last, ${customerId}, ${chargeId}, ${refundId}::text, ${correctsId}::text,
      ${JSON.stringify(lines)}::jsonb, ${total.amount}::bigint, ${tax.amount}::bigint, ${total.currency},
      ${issuedAt}::timestamptz
    FROM series`;
}

function toInvoice({ sequence, country, total, tax, currency, ...row }: SelectedInvoice): Invoice {
  return {
    ...row,
    country,
    number: invoiceNumber(country, sequence),
    total: toMoney(total, currency),
    tax: toMoney(tax, currency),
  };
}
