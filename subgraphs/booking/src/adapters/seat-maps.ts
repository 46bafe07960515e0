import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { LRUCache } from 'lru-cache';

import type { SeatMaps, Shows } from '../domain/ports.ts';
import { type SeatMap, seatMapOf, type SeatMapState, type SeatStatus, type SeatStatusChange } from '../domain/seat.ts';
import type { Show } from '../domain/show.ts';
import { isStandingPlace } from '../domain/standing-place.ts';
import { SEATED } from './seat-changes.ts';

/** About 100 bytes each. */
const MAX_CACHED_SEATS = 200_000;
/** Versions behind which the whole map is less than what changed. */
const MAX_CHANGES = 200;

interface CachedSeatMap {
  readonly showVersion: number;
  readonly map: SeatMap;
}

/**
 * Seat maps, cached by version.
 *
 * The version comes with the show, which each request reads from the database. Every statement that changes a seat
 * increments it, so a map of that version is the map now, and a sold seat cannot be read as free.
 */
export class SeatMapRepository implements SeatMaps {
  readonly #client: PrismaClient;
  readonly #shows: Pick<Shows, 'layout'>;
  readonly #cached = new LRUCache<string, CachedSeatMap>({
    maxSize: MAX_CACHED_SEATS,
    sizeCalculation: ({ map }) => 1 + map.sections.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats)).length,
  });

  constructor(client: PrismaClient, shows: Pick<Shows, 'layout'>) {
    this.#client = client;
    this.#shows = shows;
  }

  async read(show: Show): Promise<SeatMap> {
    const cached = this.#cached.get(show.id);
    if (cached?.showVersion === show.version && cached.map.version === show.seatMapVersion) return cached.map;
    const [layout, state] = await Promise.all([this.#shows.layout(show), this.#state(show)]);
    const map = seatMapOf(show, layout, state);
    this.#cached.set(show.id, { showVersion: show.version, map });
    return map;
  }

  async changesSince({ id, seatMapVersion }: Show, version: number): Promise<SeatStatusChange[] | null> {
    const behind = seatMapVersion - version;
    if (behind === 0) return [];
    if (behind > MAX_CHANGES) return null;
    const changes = await this.#client.$queryRaw<{ seats: SeatStatusChange[] }[]>`
      SELECT payload -> 'seats' AS seats FROM outbox_events
      WHERE type = 'booking.seats-changed' AND key = ${id} AND (payload ->> 'version')::int > ${version}
        AND (payload ->> 'version')::int <= ${seatMapVersion}
      ORDER BY (payload ->> 'version')::int`;
    if (changes.length < behind) return null;
    const latest = new Map(changes.flatMap(({ seats }) => seats.map((seat) => [seat.id, seat])));
    return [...latest.values()].filter(({ id: seatId }) => !isStandingPlace(seatId));
  }

  /** One statement, which reads version and seats of one moment; by the clock alone a seat does not change. */
  async #state({ cityCode, id }: Show): Promise<SeatMapState> {
    const [state] = await this.#client.$queryRaw<{ version: number; taken: Record<string, TakenStatus> }[]>`
      SELECT seat_map_version AS version, (
        SELECT coalesce(jsonb_object_agg(seat_id, ${STATUS}), '{}') FROM seat_claims
        WHERE city_code = ${cityCode} AND show_id = ${id} AND ${SEATED}) AS taken
      FROM shows WHERE city_code = ${cityCode} AND id = ${id}`;
    if (!state) throw new Error(`There is no show ${id}`);
    return { version: state.version, taken: new Map(Object.entries(state.taken)) };
  }
}

type TakenStatus = Exclude<SeatStatus, 'AVAILABLE'>;

/** The status of a claimed seat. */
export const STATUS = Prisma.sql`CASE WHEN state IN ('SOLD', 'BLOCKED') THEN state::text ELSE 'HELD' END`;
