import { type IdempotencyRow, keyInsert } from '@marquee/database';
import { currentTraceparent } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { refusedByRisk } from '@marquee/subgraph';
import { cityCodeOf, isPossibleId } from '@marquee/subgraph/ids';

import type { NewTransfer, Transfers } from '../domain/ports.ts';
import type { Ticket } from '../domain/ticket.ts';
import { MAX_OFFERS_A_DAY, OFFER_HOURS, type TicketTransfer, type TransferRefusal } from '../domain/transfer.ts';
import { type CityKey, idsByCity, rowsOf } from './city-keys.ts';
import type { SealedAddresses } from './sealed-addresses.ts';
import { SWEEP_BATCH } from './sweep-lock.ts';
import { emitTransferChanged } from './ticket-events.ts';
import { ofTicketIn, TICKET_COLUMNS } from './ticket-row.ts';
import { showOf } from './show-of.ts';

type Row = Omit<TicketTransfer, 'toEmail'> & { readonly sealed: Uint8Array | null };

/** Expired from its time on, whether or not the background job has marked it yet. */
const COLUMNS = Prisma.sql`transfer.id, offer_id AS "offerId", ticket_id AS "ticketId", sender_id AS "senderId",
  to_address AS sealed, transfer.expires_at AS "expiresAt",
  CASE WHEN transfer.status = 'PENDING' AND transfer.expires_at <= now() THEN 'EXPIRED' ELSE transfer.status::text END
    AS status`;

/** Tickets on their way to another person. */
export class TransferRepository implements Transfers {
  readonly #client: PrismaClient;
  readonly #addresses: SealedAddresses;

  constructor(client: PrismaClient, addresses: SealedAddresses) {
    this.#client = client;
    this.#addresses = addresses;
  }

  async find(id: string): Promise<TicketTransfer | null> {
    if (!isPossibleId(id)) return null;
    return this.#one(Prisma.sql`
      SELECT ${COLUMNS} FROM ticket_transfers AS transfer WHERE city_code = ${cityCodeOf(id)} AND id = ${id}`);
  }

  async latestOf(ticketIds: readonly string[]): Promise<TicketTransfer[]> {
    const rows = await this.#client.$queryRaw<Row[]>`
      SELECT DISTINCT ON (ticket_id) ${COLUMNS}
      FROM ${rowsOf('ticket_transfers', ticketIds, 'ticket_id', 'transfer')}
      ORDER BY ticket_id, created_at DESC, id DESC`;
    return rows.map((row) => this.#opened(row));
  }

  /** One statement, which locks the ticket: of two offers of it one is made. An offer that is over gives way. */
  async offer(transfer: NewTransfer, idempotency: IdempotencyRow): Promise<TicketTransfer | null> {
    const { id, offerId, ticketId, senderId, toEmail } = transfer;
    const cityCode = cityCodeOf(ticketId);
    const statement = Prisma.sql`
      WITH ticket AS MATERIALIZED (
        SELECT ticket.city_code, ticket.id, booking_id, ticket.show_id,
          least(now() + make_interval(hours => ${OFFER_HOURS}::int), starts_at) AS expires_at
        FROM tickets AS ticket ${showOf('ticket', cityCode ?? '')}
        WHERE ticket.city_code = ${cityCode} AND ticket.id = ${ticketId} AND status = 'ISSUED'
          AND holder_id = ${senderId} AND transferable AND starts_at > now() AND cancelled_at IS NULL
          AND assert_may_buy(${senderId}, NULL)
          AND ${MAX_OFFERS_A_DAY}::int > (SELECT count(*) FROM ticket_transfers AS made WHERE made.city_code = ${cityCode}
            AND made.ticket_id = ${ticketId} AND made.created_at > now() - interval '1 day')
        FOR UPDATE OF ticket
      ), over AS (
        UPDATE ticket_transfers AS transfer SET status = 'EXPIRED', to_address = NULL FROM ticket
        WHERE transfer.city_code = ${cityCode} AND transfer.ticket_id = ticket.id AND transfer.status = 'PENDING'
          AND transfer.expires_at <= now()
        RETURNING transfer.id
      ), transfer AS (
        INSERT INTO ticket_transfers (city_code, id, offer_id, ticket_id, booking_id, show_id, sender_id, to_address,
          status, expires_at)
        SELECT city_code, ${id}, ${offerId}, id, booking_id, show_id, ${senderId},
          ${this.#addresses.seal(offerId, toEmail)}::bytea, 'PENDING', expires_at
        FROM ticket, (SELECT count(*) FROM over) AS ended
        ON CONFLICT (city_code, ticket_id) WHERE status = 'PENDING' DO NOTHING
        RETURNING *
      ), keyed AS (${keyInsert(idempotency, id, Prisma.sql`transfer`)}), emitted AS (${emitOffered(Prisma.sql`transfer`)}),
      told AS (${emitTransferChanged(cityCode, Prisma.sql`transfer`, 'OFFERED')})
      SELECT ${COLUMNS} FROM transfer`;
    return refusedByRisk(this.#one(statement));
  }

  async refusal(ticketId: string): Promise<TransferRefusal> {
    const [row] = await this.#client.$queryRaw<{ reason: TransferRefusal }[]>`
      SELECT CASE
        WHEN status = 'CANCELLED' OR cancelled_at IS NOT NULL THEN 'CANCELLED'
        WHEN status = 'CHECKED_IN' THEN 'USED'
        WHEN starts_at <= now() THEN 'SHOW_BEGUN'
        WHEN NOT transferable THEN 'NOT_TRANSFERABLE'
        WHEN EXISTS (SELECT FROM ticket_transfers AS made WHERE made.city_code = ticket.city_code
          AND made.ticket_id = ticket.id AND made.status = 'PENDING' AND made.expires_at > now()) THEN 'OFFERED'
        ELSE 'TOO_OFTEN' END AS reason
      FROM tickets AS ticket ${showOf('ticket')}
      WHERE ticket.city_code = ${cityCodeOf(ticketId)} AND ticket.id = ${ticketId}`;
    return row?.reason ?? 'CANCELLED';
  }

  async cancel(id: string): Promise<TicketTransfer | null> {
    const cityCode = cityCodeOf(id);
    return this.#one(Prisma.sql`
      WITH transfer AS (
        UPDATE ticket_transfers SET status = 'CANCELLED', to_address = NULL
        WHERE city_code = ${cityCode} AND id = ${id} AND status = 'PENDING' AND expires_at > now()
        RETURNING *
      ), told AS (${emitTransferChanged(cityCode, Prisma.sql`transfer`, 'TAKEN_BACK')})
      SELECT ${COLUMNS} FROM transfer`);
  }

  /**
   * One statement: the offer ends, its tickets admit the recipient alone, by a new version of their codes, and their seats
   * count for the recipient. Locks are taken in the order of every statement here: the customer, tickets, seats.
   */
  async accept(offerId: string, recipientId: string, maxSeats: number): Promise<Ticket[]> {
    const cityCode = cityCodeOf(offerId);
    const statement = this.#client.$queryRaw<Ticket[]>`
      WITH offer AS MATERIALIZED (
        SELECT DISTINCT show_id, (SELECT in_show FROM lock_seat_usage(${recipientId}, ${cityCode}, show_id, '{}')) AS in_show
        FROM ticket_transfers
        WHERE city_code = ${cityCode} AND offer_id = ${offerId} AND status = 'PENDING' AND expires_at > now()
          AND assert_may_buy(${recipientId}, NULL)
      ), locked AS MATERIALIZED (
        SELECT ticket.city_code, ticket.id, transfer.id AS transfer_id, in_show, complimentary_reason IS NULL AS is_limited,
          seats_allowed(${recipientId}, coalesce(max_seats_per_customer, ${maxSeats}::int)) AS max_seats
        FROM offer JOIN ticket_transfers AS transfer ON transfer.city_code = ${cityCode} AND transfer.offer_id = ${offerId}
          AND transfer.status = 'PENDING'
        JOIN tickets AS ticket ON ticket.city_code = transfer.city_code AND ticket.id = transfer.ticket_id
        ${ofTicketIn(cityCode)}
        WHERE ticket.status = 'ISSUED' AND coalesce(holder_id, sender_id) = sender_id AND cancelled_at IS NULL
          AND starts_at > now()
        ORDER BY ticket.id FOR UPDATE OF ticket
      ), accepted AS (
        UPDATE ticket_transfers AS transfer SET status = 'ACCEPTED', to_address = NULL FROM locked
        WHERE transfer.city_code = ${cityCode} AND transfer.id = transfer_id AND transfer.status = 'PENDING'
          AND transfer.expires_at > now()
          AND (NOT is_limited OR in_show + (SELECT count(*) FROM locked) <= max_seats)
        RETURNING transfer.*
      ), told AS (${emitTransferChanged(cityCode, Prisma.sql`accepted`, 'ACCEPTED', recipientId)}), ticket AS (
        UPDATE tickets SET holder_id = ${recipientId}, code_version = code_version + 1, code_since = now() FROM accepted
        WHERE tickets.city_code = ${cityCode} AND tickets.id = accepted.ticket_id
        RETURNING tickets.*
      ), counted AS (
        UPDATE seat_claims AS claim SET customer_id = ${recipientId} FROM ticket
        WHERE claim.city_code = ${cityCode} AND claim.show_id = ticket.show_id AND claim.seat_id = ticket.seat_id
          AND claim.booking_id = ticket.booking_id
      )
      SELECT ${TICKET_COLUMNS} FROM ticket ${ofTicketIn(cityCode)} ORDER BY ticket.id`;
    return refusedByRisk(statement);
  }

  async seatsOfRecipient(offerId: string, recipientId: string, maxSeats: number) {
    const [seats] = await this.#client.$queryRaw<{ inShow: number; offered: number; maximum: number }[]>`
      SELECT count(*)::int AS offered, seats_allowed(${recipientId}, coalesce(max_seats_per_customer, ${maxSeats}::int)) AS maximum,
        (SELECT in_show FROM lock_seat_usage(${recipientId}, show.city_code, show.id, '{}')) AS "inShow"
      FROM ticket_transfers AS transfer
      JOIN bookings AS booking ON booking.city_code = transfer.city_code AND booking.id = booking_id
      JOIN shows AS show ON show.city_code = transfer.city_code AND show.id = transfer.show_id
      WHERE transfer.city_code = ${cityCodeOf(offerId)} AND offer_id = ${offerId} AND transfer.status = 'PENDING'
        AND transfer.expires_at > now() AND complimentary_reason IS NULL
      GROUP BY show.city_code, show.id`;
    return seats ?? null;
  }

  async pendingOf(offerId: string): Promise<TicketTransfer[]> {
    const rows = await this.#client.$queryRaw<Row[]>`
      SELECT ${COLUMNS} FROM ticket_transfers AS transfer
      WHERE city_code = ${cityCodeOf(offerId)} AND offer_id = ${offerId} AND status = 'PENDING' AND expires_at > now()
      ORDER BY id`;
    return rows.map((row) => this.#opened(row));
  }

  /** Ends what nobody accepted in time, and forgets the addresses. */
  async expire(): Promise<void> {
    const due = await this.#client.$queryRaw<CityKey[]>`
      SELECT city_code AS "cityCode", id FROM ticket_transfers WHERE status = 'PENDING' AND expires_at <= now()
      ORDER BY expires_at LIMIT ${SWEEP_BATCH}`;
    for (const [cityCode, ids] of idsByCity(due)) {
      await this.#client.$executeRaw`
        WITH due AS (
          SELECT id FROM ticket_transfers WHERE city_code = ${cityCode} AND id = ANY (${ids}) AND status = 'PENDING'
            AND expires_at <= now() FOR UPDATE SKIP LOCKED
        ), expired AS (
          UPDATE ticket_transfers AS transfer SET status = 'EXPIRED', to_address = NULL FROM due
          WHERE transfer.city_code = ${cityCode} AND transfer.id = due.id RETURNING transfer.*
        )
        ${emitTransferChanged(cityCode, Prisma.sql`expired`, 'EXPIRED')}`;
    }
  }

  async #one(statement: Prisma.Sql): Promise<TicketTransfer | null> {
    const [row] = await this.#client.$queryRaw<Row[]>(statement);
    return row ? this.#opened(row) : null;
  }

  #opened({ sealed, ...transfer }: Row): TicketTransfer {
    const isOpen = sealed !== null && transfer.status === 'PENDING';
    return { ...transfer, toEmail: isOpen ? this.#addresses.open(transfer.offerId, sealed) : null };
  }
}

/** Emits `booking.tickets-offered` once for the offer. @param transfers a part of the statement with its transfers */
export function emitOffered(transfers: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), 'booking.tickets-offered', offer_id, jsonb_build_object('offerId', offer_id),
      ${currentTraceparent()}
    FROM ${transfers} GROUP BY offer_id`;
}
