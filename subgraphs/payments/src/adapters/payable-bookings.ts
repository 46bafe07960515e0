import type { SqlTransaction } from '@marquee/database';
import { toMoney } from '@marquee/money';
import type { PayableBooking as Row } from '@marquee/prisma-payments';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { ClosedBooking, PayableBooking, RequestedBooking } from '../domain/payable-booking.ts';
import type { PayableBookings } from '../domain/ports.ts';
import { toSale } from './rows.ts';

type SelectedBooking = Pick<Row, 'id' | 'customerId' | 'status' | 'amount' | 'currency' | 'expiresAt' | 'sale'>;

/** The bookings that can or could be paid, projected from booking's events. */
export class PayableBookingRepository implements PayableBookings {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async find(id: string): Promise<PayableBooking | ClosedBooking | null> {
    const [booking] = await this.findMany([id]);
    return booking ?? null;
  }

  async findMany(ids: readonly string[]): Promise<(PayableBooking | ClosedBooking)[]> {
    const rows = await this.#sql.$queryRaw<SelectedBooking[]>`
      SELECT id, customer_id AS "customerId", status, amount, currency, expires_at AS "expiresAt", sale
      FROM payable_bookings WHERE id = ANY (${ids.filter(isPossibleId)}::text[])`;
    return rows.map(toBooking);
  }

  /**
   * A later request for a payment of a booking replaces the one before. Shows are written only where they are new or
   * changed, so that bookings of one show do not wait for each other.
   */
  async add(bookings: readonly RequestedBooking[]): Promise<void> {
    await this.#sql.$executeRaw`
      WITH requested AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(bookings)}::jsonb) AS booking (
          id text, "customerId" text, total jsonb, sale jsonb, "expiresAt" timestamptz, "requestNumber" int)
      ), sold AS (
        SELECT DISTINCT ON (id) * FROM (
          SELECT sale ->> 'showId' AS id, sale ->> 'organisationId' AS organisation_id,
            (sale ->> 'endsAt')::timestamptz AS ends_at, (sale ->> 'showVersion')::int AS version
          FROM requested WHERE sale ->> 'showId' IS NOT NULL) AS each
        ORDER BY id, version DESC
      ), shown AS (
        INSERT INTO payable_shows AS show (id, organisation_id, ends_at, version)
        SELECT * FROM sold WHERE NOT EXISTS (
          SELECT FROM payable_shows AS known
          WHERE known.id = sold.id AND known.organisation_id IS NOT NULL AND known.version >= sold.version)
        ORDER BY id
        ON CONFLICT (id) DO UPDATE SET organisation_id = excluded.organisation_id,
          ends_at = CASE WHEN excluded.version > show.version THEN excluded.ends_at ELSE show.ends_at END,
          version = greatest(excluded.version, show.version)
      )
      INSERT INTO payable_bookings AS known (id, customer_id, status, amount, currency, expires_at, request_number, sale)
      SELECT id, "customerId", 'PAYABLE', (total ->> 'amount')::bigint, total ->> 'currency', "expiresAt", "requestNumber",
        nullif(sale - '{startsAt,endsAt,showVersion}'::text[], 'null')
      FROM requested ORDER BY id
      ON CONFLICT (id) DO UPDATE SET status = 'PAYABLE', amount = excluded.amount, currency = excluded.currency,
        expires_at = excluded.expires_at, request_number = excluded.request_number, sale = excluded.sale
      WHERE excluded.request_number > known.request_number`;
  }

  /** Moves the end of a show, which may be known before anything is booked. An older change that comes late does nothing. */
  async changeShow({ id, version, endsAt }: { id: string; version: number; endsAt: Date }): Promise<void> {
    await this.#sql.$executeRaw`
      INSERT INTO payable_shows AS show (id, ends_at, version) VALUES (${id}, ${endsAt}::timestamptz, ${version}::int)
      ON CONFLICT (id) DO UPDATE SET ends_at = excluded.ends_at, version = excluded.version
      WHERE show.version < excluded.version`;
  }

  async close(bookings: readonly ClosedBooking[], now: Date): Promise<void> {
    const ids = bookings.map(({ id }) => id);
    const customerIds = bookings.map(({ customerId }) => customerId);
    await this.#sql.$executeRaw`
      INSERT INTO payable_bookings (id, customer_id, status)
      SELECT DISTINCT ON (id) id, customer_id, 'CLOSED'::payable_booking_status
      FROM unnest(${ids}::text[], ${customerIds}::text[]) AS booking (id, customer_id) ORDER BY id
      ON CONFLICT (id) DO UPDATE SET status = 'CLOSED'`;
    // A statement of its own, so that it sees the payments that the first one waited for.
    await this.#sql.$executeRaw`
      UPDATE payments SET
        deadline = CASE WHEN deadline > ${now}::timestamptz THEN ${now}::timestamptz ELSE deadline END,
        next_check_at = CASE WHEN status = 'REQUIRES_ACTION' THEN ${now}::timestamptz ELSE next_check_at END
      WHERE booking_id = ANY (${ids}) AND status IN ('REQUIRES_ACTION', 'PROCESSING')`;
  }
}

function toBooking(row: SelectedBooking): PayableBooking | ClosedBooking {
  const { id, customerId, status, amount, currency, sale, expiresAt } = row;
  if (status === 'CLOSED' || amount === null || currency === null || expiresAt === null) {
    return { status: 'CLOSED', id, customerId };
  }
  return { status, id, customerId, total: toMoney(amount, currency), sale: toSale(sale), expiresAt };
}
