import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { cityCodeOf } from '@marquee/subgraph/ids';
import DataLoader from 'dataloader';

import type { FollowedEntry, WaitlistChange, WaitlistChanges, WaitlistEntry } from '../domain/waitlist.ts';
import { type CityKey, idsByCity, rowsOf } from './city-keys.ts';
import { showOf } from './show-of.ts';
import { SWEEP_BATCH } from './sweep-lock.ts';
import { selectEntries } from './waitlist-row.ts';

/** Entries that are read by one statement. */
const ENTRIES_A_READ = 1_000;

/** The changes of waitlists that clients follow. Every change of an entry counts its show's `version` up, by a trigger. */
export class WaitlistChangeRepository implements WaitlistChanges {
  readonly #client: PrismaClient;
  /** Not a cache: when all who wait for a show are told at once that it has moved on, they are read together. */
  readonly #entries = new DataLoader<FollowedEntry, WaitlistChange>((keys) => this.#read(keys), {
    cache: false,
    maxBatchSize: ENTRIES_A_READ,
  });

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  read(entry: FollowedEntry): Promise<WaitlistChange> {
    return this.#entries.load(entry);
  }

  /** Writes down what became of offers, and tells the clients of waitlists that changed, each at most once a second. */
  async announce(): Promise<void> {
    await this.#settleOffers();
    await this.#client.$executeRaw`
      WITH due AS (
        SELECT city_code, show_id FROM waitlists
        WHERE version > pushed_version AND pushed_at <= now() - interval '1 second'
        ORDER BY pushed_at LIMIT ${SWEEP_BATCH} FOR NO KEY UPDATE SKIP LOCKED
      ), moved AS (
        UPDATE waitlists AS waitlist SET pushed_version = version, pushed_at = now() FROM due
        WHERE waitlist.city_code = due.city_code AND waitlist.show_id = due.show_id
        RETURNING waitlist.show_id, version
      )
      INSERT INTO outbox_events (id, type, key, payload)
      SELECT gen_random_uuid(), 'booking.waitlist-moved', show_id,
        jsonb_build_object('showId', show_id, 'version', version)
      FROM moved`;
  }

  /** Forgets the waitlists of shows that began a day ago. */
  async deleteOver(): Promise<void> {
    const over = await this.#client.$queryRaw<CityKey[]>`
      SELECT waitlist.city_code AS "cityCode", show_id AS id FROM waitlists AS waitlist ${showOf('waitlist')}
      WHERE starts_at <= now() - interval '1 day' LIMIT ${SWEEP_BATCH}`;
    for (const [cityCode, showIds] of idsByCity(over)) {
      await this.#client.$executeRaw`
        DELETE FROM waitlists WHERE city_code = ${cityCode} AND show_id = ANY (${showIds})`;
    }
  }

  /** Each in a statement of its own, so that no two of them wait for each other. */
  async #settleOffers(): Promise<void> {
    const over = await this.#client.$queryRaw<WaitlistEntry[]>`
      SELECT * FROM (${selectEntries()} WHERE entry.status = 'OFFERED') AS entry
      WHERE status <> 'OFFERED' LIMIT ${SWEEP_BATCH}`;
    for (const entry of over) await this.#client.$executeRaw(settleStatement(entry));
  }

  /** An entry and the version of its waitlist are of the same moment, since one statement reads them. */
  async #read(keys: readonly FollowedEntry[]): Promise<WaitlistChange[]> {
    const rows = await this.#client.$queryRaw<(WaitlistEntry & { readonly version: number })[]>`
      SELECT entry.*, coalesce(waitlist.version, 1) AS version
      FROM (${selectEntries(lineOf(keys), Prisma.sql`place`)}) AS entry
      LEFT JOIN waitlists AS waitlist ON waitlist.city_code = entry."cityCode" AND waitlist.show_id = entry."showId"`;
    const found = new Map(rows.map(({ version, ...entry }) => [entry.id, { entry, version }]));
    const gone = keys.filter(({ id }) => !found.has(id));
    const versions = gone.length > 0 ? await this.#versions(gone) : new Map<string, number>();
    return keys.map(({ id, showId }) => found.get(id) ?? { entry: null, version: versions.get(showId) ?? 1 });
  }

  /** Those of entries that are gone: they are so at any later version. */
  async #versions(gone: readonly FollowedEntry[]): Promise<Map<string, number>> {
    const showId = { in: gone.map((entry) => entry.showId) };
    const cityCode = { in: gone.map((entry) => cityCodeOf(entry.showId) ?? '') };
    const waitlists = await this.#client.waitlist.findMany({ where: { cityCode, showId } });
    return new Map(waitlists.map((waitlist) => [waitlist.showId, waitlist.version]));
  }
}

/** These entries with their places among all that wait for the show. */
const lineOf = (keys: readonly FollowedEntry[]): Prisma.Sql => Prisma.sql`(
  SELECT * FROM (
    SELECT entry.*, CASE WHEN status = 'WAITING' THEN
      row_number() OVER (PARTITION BY entry.city_code, entry.show_id, status ORDER BY arrival)::int END AS place
    FROM ${rowsOf('waitlist_entries', [...new Set(keys.map(({ showId }) => showId))], 'show_id', 'entry')}
  ) AS line WHERE id = ANY (${keys.map(({ id }) => id)}::text[])) AS entry`;

export const settleStatement = ({ cityCode, id, status }: WaitlistEntry): Prisma.Sql => Prisma.sql`
  UPDATE waitlist_entries SET status = ${status}::"WaitlistStatus"
  WHERE city_code = ${cityCode} AND id = ${id} AND status = 'OFFERED'`;
