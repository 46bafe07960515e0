import type { IdempotencyRow } from '@marquee/database';
import { minorUnits } from '@marquee/money';
import type { PrismaClient } from '@marquee/prisma-booking';
import { cityCodeOf } from '@marquee/subgraph/ids';

import type { Cancellation } from '../domain/cancellation.ts';
import type { Cancellations } from '../domain/ports.ts';
import { cancelStatement } from './booking-cancellation.ts';

/** Cancellations by customers. */
export class CancellationRepository implements Cancellations {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async cancel(cancellation: Cancellation, idempotency: IdempotencyRow): Promise<string | null> {
    const statement = cancelStatement(cancellation.booking.cityCode, [cancellation], idempotency);
    const [row] = await this.#client.$queryRaw<{ id: string; version: number }[]>(statement);
    return row ? `${row.id}#${row.version}` : null;
  }

  async outcome(outcome: string): Promise<{ bookingId: string; refund: number }> {
    const [bookingId = '', version] = outcome.split('#');
    const [row] = await this.#client.$queryRaw<{ refund: bigint }[]>`
      SELECT (data->>'refund')::bigint AS refund FROM booking_events
      WHERE city_code = ${cityCodeOf(bookingId)} AND booking_id = ${bookingId} AND type = 'CANCELLED'
        AND version <= ${Number(version)} ORDER BY version DESC LIMIT 1`;
    if (!row) throw new Error(`There is no cancellation ${outcome}`);
    return { bookingId, refund: minorUnits(row.refund) };
  }
}
