import type { SqlDatabase } from '@marquee/database';
import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { refusedByRisk } from '@marquee/subgraph';
import { cityCodeOf, isPossibleId } from '@marquee/subgraph/ids';

import type { NewWaitlistEntry, Waitlist } from '../domain/ports.ts';
import { hasEnded, type WaitingParty, type WaitlistEntry } from '../domain/waitlist.ts';
import { type CityKey, idsByCity } from './city-keys.ts';
import { showOf } from './show-of.ts';
import { settleStatement } from './waitlist-changes.ts';
import { selectEntries } from './waitlist-row.ts';

/** The most shows whose parties are offered seats in one run. */
const SHOWS_A_RUN = 50;
/** The most parties of a show that are looked at in one run. */
const PARTIES_A_RUN = 1_000;

const seatsWaitedFor = (customerId: string): Prisma.Sql => Prisma.sql`
  SELECT coalesce(sum(party_size), 0)::int FROM waitlist_entries
  WHERE customer_id = ${customerId} AND status = 'WAITING'`;

/** Parties that wait for seats. Offers are made by the statement that holds the seats. */
export class WaitlistRepository implements Waitlist {
  readonly #client: PrismaClient & SqlDatabase;

  constructor(client: PrismaClient & SqlDatabase) {
    this.#client = client;
  }

  async find(id: string): Promise<WaitlistEntry | null> {
    if (!isPossibleId(id)) return null;
    const [entry] = await this.#client.$queryRaw<WaitlistEntry[]>`
      ${selectEntries()} WHERE entry.city_code = ${cityCodeOf(id)} AND entry.id = ${id}`;
    return entry ?? null;
  }

  /** The entries of these customers for coming shows that wait or were offered seats, the first joined first. */
  openOf(customerIds: readonly string[]): Promise<WaitlistEntry[]> {
    return this.#client.$queryRaw<WaitlistEntry[]>`
      SELECT * FROM (${selectEntries()} JOIN shows ON shows.city_code = entry.city_code AND shows.id = entry.show_id
        WHERE entry.customer_id = ANY (${customerIds}) AND entry.status IN ('WAITING', 'OFFERED') AND starts_at > now()
          AND cancelled_at IS NULL ORDER BY entry.created_at, entry.id) AS entry
      WHERE status IN ('WAITING', 'OFFERED')`;
  }

  async join(entry: NewWaitlistEntry): Promise<WaitlistEntry | null> {
    const { show, customerId } = entry;
    const ofCustomer = Prisma.sql`
      entry.city_code = ${show.cityCode} AND entry.show_id = ${show.id} AND entry.customer_id = ${customerId}`;
    await this.#settle(ofCustomer);
    const joined = await refusedByRisk(this.#insert(entry));
    const [latest] = await this.#client.$queryRaw<WaitlistEntry[]>`
      ${selectEntries()} WHERE ${ofCustomer} ORDER BY entry.status IN ('WAITING', 'OFFERED') DESC, arrival DESC LIMIT 1`;
    return latest && (joined || !hasEnded(latest)) ? latest : null;
  }

  /** Entries of one customer are written one after another, so that each counts those before it. */
  #insert({ id, show, customerId, emailVerified, partySize, tierId, maxSeats }: NewWaitlistEntry): Promise<boolean> {
    return this.#client.$sqlTransaction(async (tx) => {
      await tx.$queryRaw`
        SELECT assert_may_buy(${customerId}, NULL)
        FROM lock_seat_usage(${customerId}, ${show.cityCode}, ${show.id}, '{}') WHERE in_show IS NOT NULL`;
      const inserted = await tx.$executeRaw`
        INSERT INTO waitlist_entries (city_code, id, show_id, customer_id, party_size, tier_id, email_verified)
        SELECT ${show.cityCode}, ${id}, ${show.id}, ${customerId}, ${partySize}::int, ${tierId}, ${emailVerified}::boolean
        WHERE ${partySize}::int + (${seatsWaitedFor(customerId)}) <= seats_allowed(${customerId}, ${maxSeats}::int)
        ON CONFLICT (city_code, show_id, customer_id) WHERE status IN ('WAITING', 'OFFERED') DO NOTHING`;
      return inserted > 0;
    });
  }

  async seatsWaitedFor(customerId: string): Promise<number> {
    const [row] = await this.#client.$queryRaw<{ seats: number }[]>`SELECT (${seatsWaitedFor(customerId)}) AS seats`;
    return row?.seats ?? 0;
  }

  async leave({ cityCode, id, holdId }: WaitlistEntry): Promise<boolean> {
    const left = await this.#client.$executeRaw`
      UPDATE waitlist_entries SET status = 'LEFT'
      WHERE city_code = ${cityCode} AND id = ${id} AND status IN ('WAITING', 'OFFERED')
        AND hold_id IS NOT DISTINCT FROM ${holdId}`;
    return left > 0;
  }

  async refuse({ cityCode, id }: WaitingParty): Promise<void> {
    await this.#client.$executeRaw`
      UPDATE waitlist_entries SET status = 'OFFER_EXPIRED'
      WHERE city_code = ${cityCode} AND id = ${id} AND status = 'WAITING'`;
  }

  async waitsFor(showId: string, tierId: string | null): Promise<boolean> {
    const [row] = await this.#client.$queryRaw<{ waits: boolean }[]>`
      SELECT EXISTS (SELECT FROM waitlist_entries WHERE city_code = ${cityCodeOf(showId)} AND show_id = ${showId}
        AND status = 'WAITING' AND (tier_id IS NULL OR ${tierId}::text IS NULL OR tier_id = ${tierId})) AS waits`;
    return row?.waits ?? false;
  }

  /** In any order, so that shows whose free seats suit nobody keep no other from its turn. */
  async showsWithFreeSeats(): Promise<readonly string[]> {
    const rows = await this.#client.$queryRaw<{ id: string }[]>`
      SELECT shows.id FROM (SELECT DISTINCT city_code, show_id FROM waitlist_entries WHERE status = 'WAITING') AS waiting
      ${showOf('waiting')}
      WHERE starts_at > now() AND cancelled_at IS NULL AND (held_count + sold_count + blocked_count < seat_count OR EXISTS (
        SELECT FROM seat_claims AS claim WHERE claim.city_code = shows.city_code AND claim.show_id = shows.id
          AND claim.expires_at <= now()))
      ORDER BY random() LIMIT ${SHOWS_A_RUN}`;
    return rows.map(({ id }) => id);
  }

  waitingFor(showId: string): Promise<readonly WaitingParty[]> {
    return this.#client.$queryRaw<WaitingParty[]>`
      SELECT id, city_code AS "cityCode", customer_id AS "customerId", email_verified AS "emailVerified",
        party_size AS "partySize", tier_id AS "tierId"
      FROM waitlist_entries WHERE city_code = ${cityCodeOf(showId)} AND show_id = ${showId} AND status = 'WAITING'
      ORDER BY arrival LIMIT ${PARTIES_A_RUN}`;
  }

  /** Deletes the waits for shows that have begun or are cancelled, which count among those of their customers. */
  async deleteOver(): Promise<void> {
    const over = await this.#client.$queryRaw<CityKey[]>`
      SELECT waiting.city_code AS "cityCode", show_id AS id
      FROM (SELECT DISTINCT city_code, show_id FROM waitlist_entries WHERE status = 'WAITING') AS waiting
      ${showOf('waiting')} WHERE starts_at <= now() OR cancelled_at IS NOT NULL`;
    for (const [cityCode, showIds] of idsByCity(over)) {
      await this.#client.$executeRaw`
        DELETE FROM waitlist_entries WHERE city_code = ${cityCode} AND show_id = ANY (${showIds}) AND status = 'WAITING'`;
    }
  }

  /** Writes down what became of offers. */
  async #settle(condition: Prisma.Sql): Promise<void> {
    const offered = await this.#client.$queryRaw<WaitlistEntry[]>`
      ${selectEntries()} WHERE ${condition} AND entry.status = 'OFFERED'`;
    for (const entry of offered) await this.#client.$executeRaw(settleStatement(entry));
  }
}
