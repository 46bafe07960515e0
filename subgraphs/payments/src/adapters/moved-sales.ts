import type { SqlTransaction } from '@marquee/database';

import { saleMovedEntry, type SoldShow } from '../domain/sale-entries.ts';
import { partsOf, sumOfParts } from '../domain/sale.ts';
import { postEntry } from './ledger.ts';
import { toParts, toSale } from './rows.ts';

/** A booking that was moved to another show. */
export interface MovedBooking {
  readonly bookingId: string;
  readonly previousShowId: string;
  readonly show: SoldShow & { readonly endsAt: Date; readonly showVersion: number };
}

interface PaidRow {
  readonly id: string;
  readonly currency: string;
  readonly sale: unknown;
  readonly captured: boolean;
  /** The amounts that its refunds took from each part. */
  readonly refunded: readonly unknown[];
}

/**
 * Makes what a booking pays the new show's: what the venue was credited with and has not given back moves there, and so
 * does what later refunds take. The payments are locked first, as a refund locks them.
 */
export async function moveSales(
  tx: SqlTransaction,
  { bookingId, previousShowId, show }: MovedBooking,
  now: Date,
): Promise<void> {
  const { showId, organisationId, endsAt, showVersion } = show;
  const paid = await tx.$queryRaw<PaidRow[]>`
    WITH locked AS MATERIALIZED (
      SELECT * FROM payments WHERE booking_id = ${bookingId} AND sale ->> 'showId' = ${previousShowId}
      ORDER BY id FOR UPDATE)
    SELECT id, currency, sale,
      EXISTS (SELECT FROM journal_entries WHERE payment_id = locked.id AND kind IN ('CARD_PAYMENT', 'WALLET_PAYMENT'))
        AS captured,
      ARRAY(SELECT parts FROM refunds
        WHERE payment_id = locked.id AND status = 'SUCCEEDED' AND parts IS NOT NULL
        UNION ALL SELECT parts FROM payment_disputes WHERE payment_id = locked.id AND parts IS NOT NULL) AS refunded
    FROM locked`;
  await tx.$executeRaw`
    INSERT INTO payable_shows AS show (id, organisation_id, ends_at, version)
    VALUES (${showId}, ${organisationId}, ${endsAt}::timestamptz, ${showVersion}::int)
    ON CONFLICT (id) DO UPDATE SET organisation_id = excluded.organisation_id,
      ends_at = CASE WHEN excluded.version > show.version THEN excluded.ends_at ELSE show.ends_at END,
      version = greatest(excluded.version, show.version)`;
  await tx.$executeRaw`
    UPDATE payments SET sale = sale || jsonb_build_object('showId', ${showId}::text, 'organisationId', ${organisationId}::text)
    WHERE booking_id = ${bookingId} AND sale ->> 'showId' = ${previousShowId}`;
  for (const payment of paid) await moveSale(tx, payment, show, now);
}

async function moveSale(
  tx: SqlTransaction,
  { currency, sale, captured, refunded }: PaidRow,
  show: MovedBooking['show'],
  now: Date,
) {
  const sold = toSale(sale);
  const { showId, organisationId } = sold ?? {};
  if (!captured || !sold || showId === undefined || organisationId === undefined) return;
  const left = partsOf(sold).venue - sumOfParts(refunded.map(toParts)).venue;
  if (left !== 0)
    await postEntry(tx, saleMovedEntry({ showId, organisationId }, show, { amount: left, currency }), now);
}
