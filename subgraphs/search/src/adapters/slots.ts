import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-search';

import type { Slots } from '../domain/ports.ts';
import { StoredShows } from './stored-shows.ts';

const SWAP_TIMEOUT_MS = 120_000;
const EMPTY_ATTEMPTS = 20;

/**
 * The two copies of the read model.
 *
 * Every change keeps the rows of the slots that it goes to until it is committed. Who begins or ends a generation locks the
 * table against that, so it waits for the changes under way, and those that follow see the slots as they then are. Searches
 * only read the table and never wait.
 */
export class SlotRepository implements Slots {
  readonly #client: SqlDatabase;

  constructor(client: SqlDatabase) {
    this.#client = client;
  }

  async begin(): Promise<number> {
    const idle = await this.#alone(async (tx) => {
      const [row] = await tx.$queryRaw<{ slot: number }[]>`
        UPDATE slots SET state = 'IDLE' WHERE state <> 'SERVING' RETURNING slot`;
      if (!row) throw new Error('There is no slot to fill.');
      return row.slot;
    });
    await this.#empty(idle);
    await this.#alone(async (tx) => {
      await tx.$executeRaw`
      UPDATE slots SET state = 'BUILDING', started_at = now(), served_at = NULL, has_cold = false,
        generation = (SELECT max(generation) + 1 FROM slots) WHERE slot = ${idle}::int2`;
    });
    return idle;
  }

  async swap(slot: number): Promise<void> {
    await this.#client.$executeRaw`ANALYZE documents, shows, show_days`;
    await markHot(this.#client, slot);
    await this.#alone(async (tx) => {
      await copySignals(tx, slot);
      await copySoldOut(tx, slot);
      await tx.$executeRaw`UPDATE slots SET state = 'IDLE' WHERE state = 'SERVING'`;
      await tx.$executeRaw`UPDATE slots SET state = 'SERVING', served_at = now() WHERE slot = ${slot}::int2`;
    });
  }

  async abandon(): Promise<void> {
    await this.#alone(async (tx) => {
      await tx.$executeRaw`UPDATE slots SET state = 'IDLE' WHERE state = 'BUILDING'`;
    });
  }

  /** Marks the popular documents of the slot that serves. */
  async refreshHot(): Promise<void> {
    const [serving] = await this.#client.$queryRaw<{ slot: number }[]>`SELECT slot FROM slots WHERE state = 'SERVING'`;
    if (serving) await markHot(this.#client, serving.slot);
  }

  #alone<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T> {
    return this.#client.$sqlTransaction(
      async (tx) => {
        await tx.$executeRaw`LOCK TABLE slots IN EXCLUSIVE MODE`;
        return work(tx);
      },
      { timeout: SWAP_TIMEOUT_MS },
    );
  }

  /** Searches hold all partitions while they run; those that follow must not queue for long behind this. */
  async #empty(slot: number): Promise<void> {
    const tables = Prisma.raw(['documents', 'shows', 'show_days'].map((table) => `${table}_${slot}`).join(', '));
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#client.$sqlTransaction(async (tx) => {
          await tx.$executeRaw`SET LOCAL lock_timeout = '500ms'`;
          await tx.$executeRaw`TRUNCATE ${tables}`;
        });
        return;
      } catch (error) {
        if (attempt === EMPTY_ATTEMPTS) throw error;
      }
    }
  }
}

/** Documents that are searched first: the most popular. */
const HOT = 8_000;
/** Rows of a statement, so that none locks many for long. */
const MARKED_AT_ONCE = 20_000;

/** Marks the popular documents of a slot. While any is unmarked, searches know that there are others. */
async function markHot(client: SqlDatabase, slot: number): Promise<void> {
  const [least] = await client.$queryRaw<{ popularity: number; id: string }[]>`
    SELECT popularity, id FROM documents WHERE slot = ${slot}::int2
    ORDER BY popularity DESC, id DESC OFFSET ${HOT - 1} LIMIT 1`;
  const isHot = least ? Prisma.sql`(popularity, id) >= (${least.popularity}::float8, ${least.id})` : Prisma.sql`true`;
  const setHasCold = (hasCold: boolean) =>
    client.$executeRaw`UPDATE slots SET has_cold = ${hasCold} WHERE slot = ${slot}::int2 AND has_cold <> ${hasCold}`;
  if (least) await setHasCold(true);
  for (let marked = MARKED_AT_ONCE; marked === MARKED_AT_ONCE;) {
    marked = await client.$executeRaw`
      UPDATE documents SET hot = NOT hot WHERE slot = ${slot}::int2 AND id = ANY (ARRAY (
        SELECT id FROM documents WHERE slot = ${slot}::int2 AND hot <> (${isHot}) LIMIT ${MARKED_AT_ONCE}))`;
  }
  if (!least) await setHasCold(false);
}

/** Signals that changed while a document was read from the catalog. */
async function copySignals(tx: SqlTransaction, slot: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE documents SET popularity = coalesce(s.popularity, 0), rating = coalesce(s.rating, documents.rating) FROM signals s
    WHERE slot = ${slot}::int2 AND id = subject_id AND (documents.popularity, documents.rating)
      IS DISTINCT FROM (coalesce(s.popularity, 0), coalesce(s.rating, documents.rating))`;
}

/** The state of shows that booking told before the rebuild. */
async function copySoldOut(tx: SqlTransaction, slot: number): Promise<void> {
  const known = await tx.$queryRaw<{ id: string; cityCode: string; soldOut: boolean; at: Date }[]>`
    SELECT old.id, old.city_code AS "cityCode", old.sold_out AS "soldOut", old.sold_out_at AS at
    FROM shows old JOIN shows fresh ON fresh.slot = ${slot}::int2 AND fresh.id = old.id
    WHERE old.slot = ${1 - slot}::int2 AND old.sold_out_at > coalesce(fresh.sold_out_at, '-infinity')`;
  await new StoredShows(tx).markSoldOut(known, 'BUILDING');
}
