import { sql, type SqlTransaction } from '@marquee/database';
import { localeOf } from '@marquee/messages';

import { type NoticeMessage, noticeText } from '../domain/messages/index.ts';

type Told = { readonly message: NoticeMessage | null; readonly title: string | null; readonly body: string | null };

/** Everything about a person in the notifications database. */
export class HeldDataRepository {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  /** The data that is held about a person, under names that they understand. */
  async of(userId: string): Promise<Readonly<Record<string, unknown>>> {
    const told = await this.#sql.$queryRaw<(Told & Record<string, unknown>)[]>`
      SELECT created_at AS "createdAt", read_at AS "readAt", kind::text, booking_id AS "bookingId", about, message, title, body
      FROM notifications WHERE user_id = ${userId} ORDER BY created_at, id`;
    const rows = (query: TemplateStringsArray, ...values: unknown[]) =>
      this.#sql.$queryRaw<Record<string, unknown>[]>(query, ...values);
    return {
      notifications: told.map(({ message, title, body, ...notification }) => ({
        ...notification,
        ...(message === null ? { title, body } : noticeText(message, localeOf(null))),
      })),
      channels: await rows`
        SELECT kind::text, channels::text[] FROM notification_preferences WHERE user_id = ${userId} ORDER BY kind`,
      quietHours: await rows`
        SELECT to_char(from_time, 'HH24:MI') AS from, to_char(until_time, 'HH24:MI') AS until
        FROM quiet_hours WHERE user_id = ${userId}`,
      browsers: await rows`
        SELECT host AS "pushService", created_at AS "registeredAt" FROM push_endpoints
        WHERE user_id = ${userId} ORDER BY created_at`,
      waitsFor: await rows`
        SELECT title_id AS "titleId", city_id AS "cityId", created_at AS since FROM reminders
        WHERE user_id = ${userId} ORDER BY created_at`,
      mails: await rows`SELECT sent_at AS "sentAt" FROM sent_mails WHERE user_id = ${userId} ORDER BY sent_at`,
      toldOnce: await rows`SELECT key, told_at AS "toldAt" FROM notice_keys WHERE user_id = ${userId} ORDER BY told_at`,
      mailsToCome: [
        ...(await rows`
          SELECT kind::text, message, created_at AS "createdAt" FROM mail_notices
          WHERE user_id = ${userId} ORDER BY created_at`),
        ...(await rows`
          SELECT kind, created_at AS "createdAt" FROM outgoing_mails WHERE user_id = ${userId} ORDER BY created_at`),
      ],
      pushesToCome: await rows`
        SELECT kind::text, message, host AS "pushService", created_at AS "createdAt" FROM push_deliveries
        WHERE user_id = ${userId} ORDER BY created_at`,
      addressWithoutMail: await rows`SELECT reason, since FROM suppressed_addresses WHERE user_id = ${userId}`,
    };
  }

  /** Deletes all of it. Nothing of it is for the books. */
  async erase(userId: string): Promise<void> {
    for (const statement of [
      sql`DELETE FROM notifications WHERE user_id = ${userId}`,
      sql`DELETE FROM inboxes WHERE user_id = ${userId}`,
      sql`DELETE FROM notification_preferences WHERE user_id = ${userId}`,
      sql`DELETE FROM quiet_hours WHERE user_id = ${userId}`,
      sql`DELETE FROM push_endpoints WHERE user_id = ${userId}`,
      sql`DELETE FROM reminders WHERE user_id = ${userId}`,
      sql`DELETE FROM notice_keys WHERE user_id = ${userId}`,
      sql`DELETE FROM mail_notices WHERE user_id = ${userId}`,
      sql`DELETE FROM outgoing_mails WHERE user_id = ${userId}`,
      sql`DELETE FROM sent_mails WHERE user_id = ${userId}`,
      sql`DELETE FROM suppressed_addresses WHERE user_id = ${userId}`,
    ])
      await this.#sql.$executeRaw(statement);
  }
}
