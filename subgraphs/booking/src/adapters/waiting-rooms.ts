import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { cityCodeOf } from '@marquee/subgraph/ids';
import DataLoader from 'dataloader';
import { randomBytes } from 'node:crypto';

import type { WaitingRooms } from '../domain/ports.ts';
import type { Buyer } from '../domain/seat-limits.ts';
import type { Show } from '../domain/show.ts';
import type { Place } from '../domain/waiting-room.ts';
import { type CityKey, idsByCity } from './city-keys.ts';
import { showOf } from './show-of.ts';

type PlaceKey = Pick<Place, 'showId' | 'customerId'>;

/** Places that are read by one statement. */
const PLACES_A_READ = 1_000;
const SEED_BYTES = 32;

/** How a process runs its waiting rooms. */
export interface AdmissionSettings {
  /** People whom a show that does not say admits a minute. */
  readonly admissionsPerMinute: number;
  /** How long an admission lasts. */
  readonly admissionSeconds: number;
}

/**
 * Waiting rooms of shows. A place is admitted by its turn, a moment that the database clock reaches: nothing runs to admit
 * anybody, and a restart loses nothing.
 */
export class WaitingRoomRepository implements WaitingRooms {
  readonly #client: PrismaClient;
  readonly #settings: AdmissionSettings;
  /** Not a cache: when thousands are told at once that their room has moved on, they are read together. */
  readonly #places = new DataLoader<PlaceKey, Place | null>((keys) => this.#read(keys), {
    cache: false,
    maxBatchSize: PLACES_A_READ,
  });

  constructor(client: PrismaClient, settings: AdmissionSettings) {
    this.#client = client;
    this.#settings = settings;
  }

  place(showId: string, customerId: string): Promise<Place | null> {
    return this.#places.load({ showId, customerId });
  }

  /** A place of a customer that is not over stays as it is. */
  async enter({ cityCode, id }: Show, { customerId, emailVerified }: Buyer): Promise<void> {
    await this.#client.$executeRaw`
      WITH room AS (
        INSERT INTO waiting_rooms (city_code, show_id) SELECT ${cityCode}, ${id}
        WHERE NOT EXISTS (SELECT FROM waiting_rooms WHERE city_code = ${cityCode} AND show_id = ${id})
        ON CONFLICT DO NOTHING
      )
      INSERT INTO waiting_room_places AS place (city_code, show_id, customer_id, held_back)
      SELECT ${cityCode}, ${id}, ${customerId}, NOT ${emailVerified}::boolean
        OR EXISTS (SELECT FROM buyer_limits WHERE customer_id = ${customerId} AND until > now())
      ON CONFLICT (city_code, show_id, customer_id) DO UPDATE SET entered_at = excluded.entered_at,
        arrival = excluded.arrival, held_back = excluded.held_back, turn_at = NULL
        WHERE place.turn_at <= now() - make_interval(secs => ${this.#settings.admissionSeconds}::int)`;
  }

  async giveTurns(showId: string): Promise<void> {
    const { admissionsPerMinute } = this.#settings;
    await this.#client.$queryRaw`
      SELECT give_turns(${cityCodeOf(showId)}, ${showId}, ${admissionsPerMinute}::int, ${randomBytes(SEED_BYTES)}::bytea)`;
  }

  /** Gives turns in the rooms that have opened, and tells the clients of those where somebody moved on, once a second. */
  async advance(): Promise<void> {
    const opened = await this.#client.$queryRaw<{ showId: string }[]>`
      SELECT room.show_id AS "showId" FROM waiting_rooms AS room
      ${showOf('room')}
      WHERE coalesce(sales_open_at, '-infinity') <= now() AND EXISTS (SELECT FROM waiting_room_places AS place
        WHERE place.city_code = room.city_code AND place.show_id = room.show_id AND turn_at IS NULL)`;
    for (const { showId } of opened) await this.giveTurns(showId);
    const moved = await this.#client.$queryRaw<CityKey[]>(MOVED);
    for (const [cityCode, showIds] of idsByCity(moved))
      await this.#client.$executeRaw(pushStatement(cityCode, showIds));
  }

  /** Deletes the rooms of shows that have begun. */
  async deleteOver(): Promise<void> {
    const over = await this.#client.$queryRaw<CityKey[]>`
      SELECT room.city_code AS "cityCode", show_id AS id FROM waiting_rooms AS room ${showOf('room')}
      WHERE starts_at <= now() LIMIT 50`;
    for (const [cityCode, showIds] of idsByCity(over)) {
      await this.#client.$executeRaw`
        WITH left_over AS (
          DELETE FROM waiting_room_places WHERE city_code = ${cityCode} AND show_id = ANY (${showIds})
        )
        DELETE FROM waiting_rooms WHERE city_code = ${cityCode} AND show_id = ANY (${showIds})`;
    }
  }

  async #read(keys: readonly PlaceKey[]): Promise<(Place | null)[]> {
    const showIds = keys.map(({ showId }) => showId);
    const rows = await this.#client.$queryRaw<(Place & { nth: bigint })[]>`
      SELECT nth, wanted.show_id AS "showId", wanted.customer_id AS "customerId", turn_at AS "turnAt",
        extract(epoch FROM turn_at - now())::float AS "waitSeconds", version,
        coalesce(admissions_per_minute, ${this.#settings.admissionsPerMinute}::int) AS rate
      FROM unnest(${showIds.map(cityCodeOf)}::text[], ${showIds}::text[], ${keys.map(({ customerId }) => customerId)}::text[])
        WITH ORDINALITY AS wanted (city_code, show_id, customer_id, nth)
      CROSS JOIN LATERAL (
        SELECT turn_at FROM waiting_room_places AS place WHERE place.city_code = wanted.city_code
          AND place.show_id = wanted.show_id AND place.customer_id = wanted.customer_id OFFSET 0) AS place
      JOIN waiting_rooms AS room ON room.city_code = wanted.city_code AND room.show_id = wanted.show_id
      ${showOf('wanted')}`;
    const places = new Map(rows.map(({ nth, ...place }) => [Number(nth) - 1, place]));
    return keys.map((_, index) => places.get(index) ?? null);
  }
}

const NOT_PUSHED = Prisma.sql`pushed_at <= now() - interval '1 second'`;

/** The rooms where somebody moved on since their clients were told. */
const MOVED = Prisma.sql`
  SELECT city_code AS "cityCode", show_id AS id FROM waiting_rooms AS room
  WHERE ${NOT_PUSHED} AND (ordered_at > pushed_at OR EXISTS (
    SELECT FROM waiting_room_places AS place
    WHERE place.city_code = room.city_code AND place.show_id = room.show_id AND turn_at > pushed_at AND turn_at <= now()))`;

/** One process a second finds a room that was not told of for a second; its row's lock decides which. */
const pushStatement = (cityCode: string, showIds: readonly string[]): Prisma.Sql => Prisma.sql`
  WITH moved AS (
    UPDATE waiting_rooms SET version = version + 1, pushed_at = now()
    WHERE city_code = ${cityCode} AND show_id = ANY (${showIds}) AND ${NOT_PUSHED} RETURNING show_id, version
  )
  INSERT INTO outbox_events (id, type, key, payload)
  SELECT gen_random_uuid(), 'booking.waiting-room-moved', show_id,
    jsonb_build_object('showId', show_id, 'version', version)
  FROM moved`;
