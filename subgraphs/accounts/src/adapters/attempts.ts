import type { PrismaClient } from '@marquee/prisma-accounts';
import type { AttemptCount } from '../domain/attempt-limits.ts';
import type { Attempts } from '../domain/ports.ts';

/** Attempt windows in the accounts database. Rows are locked in the order of their subjects, which rules out deadlocks. */
export class AttemptRepository implements Attempts {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async count(subjects: readonly string[], now: Date, endsAt: Date): Promise<AttemptCount[]> {
    const ordered = [...subjects].toSorted();
    return this.#client.$queryRaw<AttemptCount[]>`
      INSERT INTO attempt_windows AS open (subject, attempts, ends_at)
      SELECT subject, 1, ${endsAt}::timestamptz FROM unnest(${ordered}::text[]) WITH ORDINALITY AS asked (subject, position)
      ORDER BY position
      ON CONFLICT (subject) DO UPDATE SET
        attempts = CASE WHEN open.ends_at > ${now} THEN open.attempts + 1 ELSE 1 END,
        ends_at = CASE WHEN open.ends_at > ${now} THEN open.ends_at ELSE EXCLUDED.ends_at END
      RETURNING subject, attempts, ends_at AS "endsAt"`;
  }

  async reduce(cleared: readonly string[], decremented: readonly string[]): Promise<void> {
    const all = [...cleared, ...decremented];
    await this.#client.$executeRaw`
      WITH locked AS (
        SELECT subject FROM attempt_windows WHERE subject = ANY(${all}) ORDER BY subject COLLATE "C" FOR UPDATE
      )
      UPDATE attempt_windows SET
        attempts = CASE WHEN attempt_windows.subject = ANY(${[...decremented]}) THEN greatest(attempts - 1, 0) ELSE 0 END
      FROM locked WHERE attempt_windows.subject = locked.subject`;
  }

  /** Skips locked rows: it never waits for one, whatever the order it deletes them in. */
  async deleteExpired(now: Date): Promise<void> {
    await this.#client.$executeRaw`
      DELETE FROM attempt_windows WHERE subject IN (
        SELECT subject FROM attempt_windows WHERE ends_at < ${now} FOR UPDATE SKIP LOCKED)`;
  }
}
