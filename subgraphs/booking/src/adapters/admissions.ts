import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { cityCodeOf } from '@marquee/subgraph/ids';

import type { AdmissionsQuery, AdmissionCounts, Admissions, ListedTicket } from '../domain/admissions.ts';
import type { TicketScan } from '../domain/scan.ts';
import type { Show } from '../domain/show.ts';
import type { Ticket, TicketCode } from '../domain/ticket.ts';
import { emitCheckedIn } from './ticket-events.ts';
import { OF_TICKET, ofTicketIn, TICKET_COLUMNS } from './ticket-row.ts';

type ShowKey = Pick<Show, 'cityCode' | 'id'>;

/** Tickets at the gates of a show. */
export class AdmissionRepository implements Admissions {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  /** One statement: of two gates that scan the ticket in the same moment one waits for the other, and finds it used. */
  async admit({ ticketId, showId, version }: TicketCode, gate: string): Promise<Ticket | null> {
    const cityCode = cityCodeOf(ticketId);
    const [ticket] = await this.#client.$queryRaw<Ticket[]>`
      WITH admitted AS (
        UPDATE tickets SET status = 'CHECKED_IN', checked_in_at = now(), checked_in_by = ${gate}
        WHERE city_code = ${cityCode} AND id = ${ticketId} AND show_id = ${showId}
          AND code_version = ${version} AND status = 'ISSUED'
        RETURNING *, id AS ticket_id
      ), told AS (${emitCheckedIn(cityCode, Prisma.sql`admitted`)})
      SELECT ${TICKET_COLUMNS} FROM admitted AS ticket ${ofTicketIn(cityCode)}`;
    return ticket ?? null;
  }

  /**
   * Locks the tickets in one order and reads what they are after those who had them locked. Of the scans of a ticket that
   * were of a valid code the earliest counts, also before one that was recorded already.
   */
  async recordScans({ cityCode, id }: ShowKey, device: string, scans: readonly TicketScan[]): Promise<void> {
    const ids = scans.map(({ ticketId }) => ticketId);
    const versions = scans.map(({ version }) => version);
    const times = scans.map(({ at }) => at);
    await this.#client.$executeRaw`
      WITH locked AS MATERIALIZED (
        SELECT id, code_version, code_since, status FROM tickets
        WHERE city_code = ${cityCode} AND show_id = ${id} AND id = ANY (${ids}::text[]) ORDER BY id FOR UPDATE
      ), earliest AS (
        SELECT id, min(at) AS at, status = 'ISSUED' AS is_first
        FROM unnest(${ids}::text[], ${versions}::int[], ${times}::timestamptz[]) AS scan (id, version, at)
        JOIN locked USING (id)
        WHERE version = code_version OR (version < code_version AND at < code_since)
        GROUP BY id, status
      ), admitted AS (
        UPDATE tickets SET status = 'CHECKED_IN', checked_in_at = at, checked_in_by = ${device}
        FROM earliest
        WHERE city_code = ${cityCode} AND tickets.id = earliest.id AND (status = 'ISSUED'
          OR (status = 'CHECKED_IN' AND (at, ${device}::text) < (checked_in_at, checked_in_by)))
        RETURNING tickets.*, tickets.id AS ticket_id, is_first
      ), first_admitted AS (SELECT * FROM admitted WHERE is_first)
      ${emitCheckedIn(cityCode, Prisma.sql`first_admitted`)}`;
  }

  listed({ cityCode, id }: ShowKey): Promise<ListedTicket[]> {
    return this.#client.$queryRaw<ListedTicket[]>`
      SELECT id, show_id AS "showId", code_version AS "codeVersion", status FROM tickets
      WHERE city_code = ${cityCode} AND show_id = ${id} AND status IN ('ISSUED', 'CHECKED_IN') ORDER BY id`;
  }

  async holderIds({ cityCode, id }: ShowKey): Promise<string[]> {
    const rows = await this.#client.$queryRaw<{ holderId: string }[]>`
      SELECT DISTINCT holder_id AS "holderId" FROM tickets
      WHERE city_code = ${cityCode} AND show_id = ${id} AND status IN ('ISSUED', 'CHECKED_IN')
        AND holder_id IS NOT NULL`;
    return rows.map(({ holderId }) => holderId);
  }

  page(query: AdmissionsQuery, { limit, after }: { limit: number; after: string | null }): Promise<Ticket[]> {
    const start = after === null ? Prisma.empty : Prisma.sql`AND ticket.id > ${after}`;
    return this.#client.$queryRaw<Ticket[]>`
      SELECT ${TICKET_COLUMNS} FROM tickets AS ticket ${OF_TICKET}
      WHERE ${matching(query)} ${start} ORDER BY ticket.id LIMIT ${limit + 1}`;
  }

  async count(query: AdmissionsQuery): Promise<AdmissionCounts> {
    const [counts] = await this.#client.$queryRaw<AdmissionCounts[]>`
      SELECT count(*)::int AS "totalCount", (count(*) FILTER (WHERE status = 'CHECKED_IN'))::int AS "checkedIn"
      FROM tickets AS ticket WHERE ${matching(query)}`;
    return counts ?? { totalCount: 0, checkedIn: 0 };
  }
}

/** Tickets that admit somebody to the show, and match the search by holder, seat, ticket or booking. */
function matching({ show, search }: AdmissionsQuery): Prisma.Sql {
  const ofShow = Prisma.sql`ticket.city_code = ${show.cityCode} AND ticket.show_id = ${show.id}
    AND ticket.status IN ('ISSUED', 'CHECKED_IN')`;
  if (search === null) return ofShow;
  return Prisma.sql`${ofShow} AND (holder_id = ANY (${search.holderIds}::text[]) OR ticket.id = ${search.text}
    OR booking_id = ${search.text}
    OR lower(${search.text}) IN (lower(concat(seat->>'row', seat->>'number')), lower(seat->>'section')))`;
}
