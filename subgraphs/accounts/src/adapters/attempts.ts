import { appendToOutbox } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-accounts';

import { type AttemptLimit, type Guessed, TOLD_AFTER } from '../domain/attempt-limits.ts';
import type { Attempts } from '../domain/ports.ts';
import type { KeyedHash } from '../domain/token.ts';
import { newEvent } from '../emits.ts';

/**
 * Attempt windows in the accounts database. Subjects are hashed, since they have addresses of people and networks. Rows
 * are locked in the order of the limits, which is one everywhere and so rules out deadlocks.
 */
export class AttemptRepository implements Attempts {
  readonly #client: PrismaClient;
  readonly #keyedHash: KeyedHash;

  constructor(client: PrismaClient, keyedHash: KeyedHash) {
    this.#client = client;
    this.#keyedHash = keyedHash;
  }

  /** One statement, in which a limit counts only what the one before it let through. */
  async count(limits: readonly AttemptLimit[], at: Date): Promise<Date | null> {
    if (limits.length === 0) return null;
    const counts = limits.map((limit, index) => Prisma.sql`${name(index)} AS (${this.#counted(limit, index, at)})`);
    const passed = limits.map((_limit, index) => Prisma.sql`SELECT subject FROM ${name(index)}`);
    const rows = await this.#client.$queryRaw<unknown[]>`
      WITH ${Prisma.join(counts)} ${Prisma.join(passed, ' UNION ALL ')}`;
    const exceeded = limits[rows.length];
    if (exceeded === undefined) return null;
    await this.withdraw(limits.slice(0, rows.length));
    return this.#nextAt(exceeded, at);
  }

  #counted({ subject, guessed, ...limit }: AttemptLimit, index: number, at: Date): Prisma.Sql {
    const previous = index === 0 ? Prisma.empty : Prisma.sql`FROM ${name(index - 1)}`;
    const end = new Date(at.getTime() + limit.windowMs);
    return Prisma.sql`
      INSERT INTO attempt_windows AS open (subject, user_id, factor, attempts, next_at, ends_at)
      SELECT ${this.#keyedHash(subject)}, ${guessed?.userId ?? null}, ${guessed?.factor ?? null}, 1,
             ${limit.max > 1 ? ALLOWED : end}::timestamptz, ${end}::timestamptz ${previous}
      ON CONFLICT (subject) DO UPDATE SET
        (attempts, next_at, ends_at) = (${afterAnother(limit, at, end)}),
        user_id = EXCLUDED.user_id, factor = EXCLUDED.factor
      WHERE open.ends_at <= ${at} OR open.next_at <= ${at}
      RETURNING subject`;
  }

  async #nextAt({ subject }: AttemptLimit, at: Date): Promise<Date> {
    const window = await this.#client.attemptWindow.findUnique({ where: { subject: this.#keyedHash(subject) } });
    return window?.nextAt ?? at;
  }

  async withdraw(limits: readonly AttemptLimit[]): Promise<void> {
    if (limits.length > 0) await this.#lower(limits, Prisma.sql`greatest(attempts - 1, 0)`);
  }

  async settle(limits: readonly AttemptLimit[]): Promise<void> {
    const settled = limits.filter(({ onSuccess }) => onSuccess !== 'keep');
    const cleared = settled
      .filter(({ onSuccess }) => onSuccess === 'clear')
      .map(({ subject }) => this.#keyedHash(subject));
    const attempts = Prisma.sql`CASE WHEN open.subject = ANY(${cleared}) THEN 0 ELSE greatest(attempts - 1, 0) END`;
    if (settled.length > 0) await this.#lower(settled, attempts);
  }

  async #lower(limits: readonly AttemptLimit[], attempts: Prisma.Sql): Promise<void> {
    const subjects = limits.map(({ subject }) => this.#keyedHash(subject));
    await this.#client.$executeRaw`
      WITH locked AS (
        SELECT subject FROM unnest(${subjects}::text[]) WITH ORDINALITY AS asked (subject, position)
        JOIN attempt_windows USING (subject) ORDER BY position FOR UPDATE OF attempt_windows
      )
      UPDATE attempt_windows AS open SET attempts = ${attempts}, next_at = ${ALLOWED}
      FROM locked WHERE open.subject = locked.subject`;
  }

  async tellOwners(at: Date): Promise<Guessed[]> {
    return this.#client.$transaction(async (tx) => {
      const guessed = await tx.$queryRaw<Guessed[]>`
        INSERT INTO guess_notices AS notice (user_id, factor, told_at)
        SELECT DISTINCT user_id, factor, ${at}::timestamptz FROM attempt_windows JOIN users ON users.id = user_id
        WHERE ends_at > ${at} AND attempts >= CASE factor WHEN 'PASSWORD' THEN ${TOLD_AFTER.PASSWORD}::int
                                                          ELSE ${TOLD_AFTER.SECOND_FACTOR}::int END
        ORDER BY user_id, factor
        ON CONFLICT (user_id, factor) DO UPDATE SET told_at = EXCLUDED.told_at
        WHERE notice.told_at <= EXCLUDED.told_at - interval '1 day'
        RETURNING user_id AS "userId", factor`;
      const events = guessed.map((each) => newEvent('account.sign-in-attempted', each.userId, each));
      if (events.length > 0) await appendToOutbox(tx, events);
      return guessed;
    });
  }

  /** Skips locked rows: it never waits for one, whatever the order it deletes them in. */
  async deleteExpired(now: Date): Promise<void> {
    await this.#client.$executeRaw`
      DELETE FROM attempt_windows WHERE subject IN (
        SELECT subject FROM attempt_windows WHERE ends_at < ${now} FOR UPDATE SKIP LOCKED)`;
  }
}

/** Of a row that allows an attempt at any time: clocks of processes differ, and concurrent attempts overtake each other. */
const ALLOWED = new Date(0);

const name = (index: number): Prisma.Sql => Prisma.raw(`counted_${index}`);

/** The count, when the next attempt is allowed, and the window's end, of a row that counts another attempt. */
function afterAnother({ max, slowsToMs }: Pick<AttemptLimit, 'max' | 'slowsToMs'>, at: Date, end: Date): Prisma.Sql {
  const slows = slowsToMs !== undefined;
  const endsAt = slows
    ? Prisma.sql`${end}::timestamptz`
    : Prisma.sql`CASE WHEN open.ends_at > ${at} THEN open.ends_at ELSE ${end}::timestamptz END`;
  const delay = Prisma.sql`make_interval(secs => least(${(slowsToMs ?? 0) / 1000}::float8, power(2, n - ${max}::int)))`;
  return Prisma.sql`
    SELECT n, CASE WHEN n < ${max}::int THEN ${ALLOWED}::timestamptz
                   ELSE ${slows ? Prisma.sql`${at}::timestamptz + ${delay}` : endsAt} END, ${endsAt}
    FROM (SELECT CASE WHEN open.ends_at > ${at} THEN least(open.attempts + 1, 1000) ELSE 1 END AS n) AS counted`;
}
