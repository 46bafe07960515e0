import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { cityCodeOf } from '@marquee/subgraph/ids';
import { LRUCache } from 'lru-cache';

import type { Shows } from '../domain/ports.ts';
import { type LayoutSection, SeatLayout } from '../domain/seat-layout.ts';
import type { SeatStatus, TakenSeats } from '../domain/seat.ts';
import type { SeatKey } from '../domain/seat-id.ts';
import type { Availability, FreePlaces, Show, ShowDemand } from '../domain/show.ts';
import { rowsOf } from './city-keys.ts';
import { SEATED } from './seat-changes.ts';
import { STATUS } from './seat-maps.ts';
import { availabilityStatement, availableStatement, countsOf, freeInSectionsStatement } from './seat-counts.ts';

const MAX_CACHED_LAYOUTS = 500;
const MAX_REMEMBERED_SHOWS = 5_000;

interface TakenSeat extends SeatKey {
  readonly status: Exclude<SeatStatus, 'AVAILABLE'>;
}

const SHOW_COLUMNS = Prisma.sql`id, title_id AS "titleId", city_code AS "cityCode", layout_id AS "layoutId", title_name AS "titleName",
  organisation_id AS "organisationId", venue_id AS "venueId", venue_name AS "venueName", screen_name AS "screenName",
  time_zone AS "timeZone", country, starts_at AS "startsAt", ends_at AS "endsAt", cancelled_at AS "cancelledAt", tiers,
  max_seats_per_customer AS "maxSeatsPerCustomer", high_demand AS "highDemand", sales_open_at AS "salesOpenAt",
  show_version AS version, seat_map_version AS "seatMapVersion"`;

/** Seats that cannot be held now; a condition on `seat_claims` follows. */
const SELECT_TAKEN = Prisma.sql`
  SELECT show_id AS "showId", seat_id AS id, ${STATUS} AS status
  FROM seat_claims WHERE (expires_at IS NULL OR expires_at > now())`;

/** Shows, their layouts and the status of their seats. */
export class ShowRepository implements Shows {
  readonly #client: PrismaClient;
  /** Layouts never change. */
  readonly #layouts = new LRUCache<string, SeatLayout>({
    max: MAX_CACHED_LAYOUTS,
    fetchMethod: (id) => this.#readLayout(id),
  });

  /** Shows as they were last read. */
  readonly #remembered = new LRUCache<string, Show>({ max: MAX_REMEMBERED_SHOWS });

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async find(id: string): Promise<Show | null> {
    const [show] = await this.findMany([id]);
    return show ?? null;
  }

  /** The shows with these ids, in any order; unknown ids are left out. */
  async findMany(ids: readonly string[]): Promise<Show[]> {
    const shows = await this.#client.$queryRaw<Show[]>`SELECT ${SHOW_COLUMNS} FROM ${rowsOf('shows', ids)}`;
    for (const show of shows) this.#remembered.set(show.id, show);
    return shows;
  }

  remembered(id: string): Show | undefined {
    return this.#remembered.get(id);
  }

  layout({ layoutId }: Pick<Show, 'layoutId'>): Promise<SeatLayout> {
    return this.#layouts.forceFetch(layoutId);
  }

  async #readLayout(id: string): Promise<SeatLayout> {
    const { sections } = await this.#client.seatLayout.findUniqueOrThrow({ where: { id } });
    return new SeatLayout(id, sections as unknown as LayoutSection[]);
  }

  async taken({ cityCode, id }: Show): Promise<TakenSeats> {
    const seats = await this.#client.$queryRaw<TakenSeat[]>`
      ${SELECT_TAKEN} AND city_code = ${cityCode} AND show_id = ${id} AND ${SEATED}`;
    return new Map(seats.map((seat) => [seat.id, seat.status]));
  }

  /** Those of the seats that cannot be held now, in any order. */
  async takenAmong(seats: readonly SeatKey[]): Promise<TakenSeat[]> {
    const cityCodes = seats.map(({ showId }) => cityCodeOf(showId));
    const showIds = seats.map(({ showId }) => showId);
    const seatIds = seats.map(({ id }) => id);
    return this.#client.$queryRaw<TakenSeat[]>`
      SELECT taken.* FROM unnest(${cityCodes}::text[], ${showIds}::text[], ${seatIds}::text[])
        AS wanted (in_city, in_show, with_id)
      CROSS JOIN LATERAL (
        ${SELECT_TAKEN} AND city_code = in_city AND show_id = in_show AND seat_id = with_id OFFSET 0) AS taken`;
  }

  /** The seat counts of these shows, in any order; unknown ids are left out. */
  availability(ids: readonly string[]): Promise<Availability[]> {
    return this.#client.$queryRaw<Availability[]>(availabilityStatement(ids));
  }

  async countAvailable({ cityCode, id }: Show, tierName: string | undefined): Promise<number> {
    const [row] = await this.#client.$queryRaw<{ available: number }[]>(
      availableStatement(cityCode, id, tierName ?? null),
    );
    return row?.available ?? 0;
  }

  /** The free places of each section of these shows, in any order. */
  freeInSections(showIds: readonly string[]): Promise<FreePlaces[]> {
    return this.#client.$queryRaw<FreePlaces[]>(freeInSectionsStatement(showIds));
  }

  /** Counts the live bookings and the taken seats of a show; none of an unknown one. */
  async demand(id: string): Promise<ShowDemand> {
    const [row] = await this.#client.$queryRaw<ShowDemand[]>`
      SELECT (SELECT count(*)::int FROM ${rowsOf('bookings', [id], 'show_id')}
          WHERE status IN ('PENDING_PAYMENT', 'CONFIRMED', 'PARTIALLY_CANCELLED')) AS bookings,
        coalesce((SELECT held + sold + blocked FROM (${countsOf([id])}) AS counts), 0) AS "takenSeats"`;
    return row ?? { bookings: 0, takenSeats: 0 };
  }
}
