import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-booking';

import { type CityKey, idsByCity } from './city-keys.ts';
import { emitTransferChanged } from './ticket-events.ts';

/**
 * Removes a customer. Bookings and tickets stay for the books and the door, with an id that leads nowhere and without any
 * text about the person.
 */
export class ErasedCustomerRepository {
  readonly #tx: SqlTransaction;

  constructor(tx: SqlTransaction) {
    this.#tx = tx;
  }

  async erase(userId: string): Promise<void> {
    await this.#takeOffersBack(userId);
    await this.#eraseTexts(userId);
    await this.#tx.$executeRaw`DELETE FROM waitlist_entries WHERE customer_id = ${userId}`;
    await this.#tx.$executeRaw`DELETE FROM waiting_room_places WHERE customer_id = ${userId}`;
    await this.#tx.$executeRaw`DELETE FROM hold_budgets WHERE customer_id = ${userId}`;
    await this.#tx.$executeRaw`DELETE FROM buyer_limits WHERE customer_id = ${userId}`;
  }

  /** Offers of tickets that the person holds. What a venue gives away is the venue's, whoever of its people offered it. */
  async #takeOffersBack(userId: string): Promise<void> {
    const offers = await this.#tx.$queryRaw<CityKey[]>`
      SELECT transfer.city_code AS "cityCode", transfer.id FROM ticket_transfers AS transfer JOIN tickets AS ticket
        ON ticket.city_code = transfer.city_code AND ticket.id = ticket_id
      WHERE sender_id = ${userId} AND transfer.status = 'PENDING' AND holder_id = sender_id`;
    for (const [cityCode, ids] of idsByCity(offers)) {
      await this.#tx.$executeRaw`
        WITH transfer AS (
          UPDATE ticket_transfers SET status = 'CANCELLED', to_address = NULL
          WHERE city_code = ${cityCode} AND id = ANY (${ids}) AND status = 'PENDING' RETURNING *
        )
        ${emitTransferChanged(cityCode, Prisma.sql`transfer`, 'TAKEN_BACK')}`;
    }
  }

  /** The reasons that staff wrote in a review, and why tickets were given to the person or by them. */
  async #eraseTexts(userId: string): Promise<void> {
    const concerned = await this.#tx.$queryRaw<CityKey[]>`
      SELECT city_code AS "cityCode", id FROM bookings WHERE customer_id = ${userId}
      UNION SELECT city_code, booking_id FROM tickets WHERE holder_id = ${userId}`;
    for (const [cityCode, ids] of idsByCity(concerned)) {
      await this.#tx.$executeRaw`
        UPDATE bookings SET complimentary_reason = 'Erased'
        WHERE city_code = ${cityCode} AND id = ANY (${ids}) AND complimentary_reason <> 'Erased'`;
      await this.#tx.$executeRaw`
        UPDATE booking_events SET data = erased_data(type, data)
        WHERE city_code = ${cityCode} AND booking_id = ANY (${ids}) AND data <> erased_data(type, data)`;
    }
  }
}
