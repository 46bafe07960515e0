import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-notifications';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { InboxPage, NewNotification, Notification } from '../domain/notification.ts';
import type { Notifications } from '../domain/ports.ts';

const COLUMNS = Prisma.raw(
  'id, user_id AS "userId", version, kind::text, message, title, body, booking_id AS "bookingId", about, created_at AS "createdAt", read_at AS "readAt"',
);

/** Notifications. Each new one is stored together with its event. */
export class NotificationRepository implements Notifications {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async find(id: string): Promise<Notification | null> {
    const [notification] = await this.findMany([id]);
    return notification ?? null;
  }

  /** The notifications with these ids, in any order; unknown ids are left out. */
  async findMany(ids: readonly string[]): Promise<Notification[]> {
    return this.#sql.$queryRaw<Notification[]>`
      SELECT ${COLUMNS} FROM notifications WHERE id = ANY (${ids.filter(isPossibleId)})`;
  }

  /** A page of each user's notifications, newest first, with up to `limit + 1` of each. */
  async ofUsers(userIds: readonly string[], { limit, after, unreadOnly }: InboxPage): Promise<Notification[]> {
    const unread = unreadOnly ? Prisma.sql`AND read_at IS NULL` : Prisma.empty;
    const start = after
      ? Prisma.sql`AND (created_at, id) < (${after.createdAt}::timestamptz, ${after.id})`
      : Prisma.empty;
    return this.#sql.$queryRaw<Notification[]>`
      SELECT page.* FROM unnest(${userIds.filter(isPossibleId)}::text[]) AS listed (listed_id) CROSS JOIN LATERAL (
        SELECT ${COLUMNS} FROM notifications WHERE user_id = listed_id ${unread} ${start}
        ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}) AS page`;
  }

  async latestVersion(userId: string): Promise<number> {
    const [inbox] = await this.#sql.$queryRaw<{ version: number }[]>`
      SELECT version FROM inboxes WHERE user_id = ${userId}`;
    return inbox?.version ?? 0;
  }

  async findSince(userId: string, version: number, limit: number): Promise<Notification[]> {
    const latest = await this.#sql.$queryRaw<Notification[]>`
      SELECT ${COLUMNS} FROM notifications WHERE user_id = ${userId} AND version > ${version}::int
      ORDER BY version DESC LIMIT ${limit}::int`;
    return latest.toReversed();
  }

  async countUnread(userId: string): Promise<number> {
    return (await this.unreadCounts([userId])).get(userId) ?? 0;
  }

  /** The number of unread notifications by user id; users without any are left out. */
  async unreadCounts(userIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.#sql.$queryRaw<{ userId: string; unread: number }[]>`
      SELECT user_id AS "userId", count(*)::int AS unread FROM notifications
      WHERE user_id = ANY (${userIds.filter(isPossibleId)}) AND read_at IS NULL GROUP BY user_id`;
    return new Map(rows.map(({ userId, unread }) => [userId, unread]));
  }

  async add(notifications: readonly NewNotification[]): Promise<void> {
    await this.#sql.$executeRaw`
      WITH wanted AS (
        SELECT * FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(notifications)}::jsonb) AS (id text,
          "userId" text, kind text, message jsonb, "bookingId" text, about jsonb, "createdAt" timestamptz,
          traceparent text)) WITH ORDINALITY AS notice (id, user_id, kind, message, booking_id, about, created_at, traceparent,
          position)
      ), ranked AS (
        SELECT *, row_number() OVER (PARTITION BY user_id ORDER BY position)::int AS rank FROM wanted
      ), inbox AS (
        INSERT INTO inboxes AS known (user_id, version)
        SELECT user_id, count(*)::int FROM wanted GROUP BY user_id ORDER BY user_id
        ON CONFLICT (user_id) DO UPDATE SET version = known.version + excluded.version RETURNING user_id, version
      ), counted AS (
        SELECT user_id, version - (SELECT count(*)::int FROM wanted WHERE wanted.user_id = inbox.user_id) AS before,
          (SELECT count(*)::int FROM notifications n WHERE n.user_id = inbox.user_id AND n.read_at IS NULL) AS unread
        FROM inbox
      ), added AS (
        INSERT INTO notifications (id, user_id, version, kind, message, booking_id, about, created_at)
        SELECT id, user_id, before + rank, kind::"NotificationKind", message, booking_id, about, created_at
        FROM ranked JOIN counted USING (user_id)
      )
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT gen_random_uuid(), 'notification.created', user_id,
        jsonb_build_object('notificationId', id, 'userId', user_id, 'unreadCount', unread + rank), traceparent
      FROM ranked JOIN counted USING (user_id) ORDER BY position`;
  }

  async markRead(userId: string, ids: readonly string[], readAt: Date): Promise<void> {
    await this.#sql.$executeRaw`
      WITH unread AS (
        SELECT id FROM notifications
        WHERE user_id = ${userId} AND id = ANY (${ids.filter(isPossibleId)}) AND read_at IS NULL ORDER BY id FOR UPDATE
      )
      UPDATE notifications SET read_at = ${readAt}::timestamptz FROM unread WHERE notifications.id = unread.id`;
  }
}
