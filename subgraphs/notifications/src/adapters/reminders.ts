import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { FoundReminder, FoundShows, Reminder } from '../domain/reminder.ts';
import { MAX_REMINDERS } from '../domain/reminder.ts';
import type { Reminders } from '../domain/ports.ts';
import { takeTurn } from './turns.ts';

/** Titles that people wait for. A reminder ends with its notice. */
export class ReminderRepository implements Reminders {
  readonly #client: SqlDatabase;

  constructor(client: SqlDatabase) {
    this.#client = client;
  }

  set({ id, userId, titleId, cityId }: Omit<Reminder, 'createdAt'>): Promise<Reminder | null> {
    return this.#client.$sqlTransaction(async (tx) => {
      // Those of one person take turns, so that each counts the others.
      await takeTurn(tx, `reminders of ${userId}`);
      const [reminder] = await tx.$queryRaw<Reminder[]>`
        WITH added AS (
          INSERT INTO reminders (id, user_id, title_id, city_id)
          SELECT ${id}, ${userId}, ${titleId}, ${cityId}
          WHERE (SELECT count(*) FROM reminders WHERE user_id = ${userId}) < ${MAX_REMINDERS}::int
          ON CONFLICT (user_id, title_id, city_id) DO NOTHING RETURNING *)
        SELECT id, user_id AS "userId", title_id AS "titleId", city_id AS "cityId", created_at AS "createdAt" FROM (
          SELECT * FROM added UNION ALL
          SELECT * FROM reminders WHERE user_id = ${userId} AND title_id = ${titleId} AND city_id = ${cityId}) AS known
        LIMIT 1`;
      return reminder ?? null;
    });
  }

  async remove(userId: string, id: string): Promise<boolean> {
    if (!isPossibleId(id)) return false;
    return (await this.#client.$executeRaw`DELETE FROM reminders WHERE id = ${id} AND user_id = ${userId}`) > 0;
  }

  async ofUsers(userIds: readonly string[]): Promise<Reminder[]> {
    return this.#client.$queryRaw<Reminder[]>`
      SELECT id, user_id AS "userId", title_id AS "titleId", city_id AS "cityId", created_at AS "createdAt" FROM reminders
      WHERE user_id = ANY (${userIds.filter(isPossibleId)}) ORDER BY created_at DESC, id DESC`;
  }
}

/** Notes the shows that people wait for; each reminder keeps the first that it was told of. */
export async function noteFoundShows(tx: SqlTransaction, found: readonly FoundShows[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE reminders SET found = shows FROM (
      SELECT DISTINCT ON (shows ->> 'titleId', shows ->> 'cityId') shows
      FROM jsonb_array_elements(${JSON.stringify(found)}::jsonb) AS shows
      ORDER BY shows ->> 'titleId', shows ->> 'cityId', shows ->> 'startsAt') AS first
    WHERE title_id = shows ->> 'titleId' AND city_id = shows ->> 'cityId' AND found IS NULL`;
}

/** Takes reminders whose shows are there, and ends them with the transaction. */
export async function takeFound(tx: SqlTransaction, limit: number): Promise<FoundReminder[]> {
  return tx.$queryRaw<FoundReminder[]>`
    DELETE FROM reminders WHERE id = ANY (ARRAY (
      SELECT id FROM reminders WHERE found IS NOT NULL ORDER BY id LIMIT ${limit}::int FOR UPDATE SKIP LOCKED))
    RETURNING id, user_id AS "userId", found`;
}
