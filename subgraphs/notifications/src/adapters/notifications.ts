import type { SqlTransaction } from '@marquee/database';
import { currentTraceparent } from '@marquee/events';
import { Prisma } from '@marquee/prisma-notifications';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { InboxPage, NewNotification, Notification } from '../domain/notification.ts';
import type { Notifications } from '../domain/ports.ts';

const COLUMNS = Prisma.raw(
  'id, user_id AS "userId", version, kind::text, title, body, booking_id AS "bookingId", created_at AS "createdAt", read_at AS "readAt"',
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

  async add({ id, userId, kind, title, body, bookingId, createdAt }: NewNotification): Promise<void> {
    await this.#sql.$executeRaw`
      WITH numbered AS (
        INSERT INTO inboxes AS inbox (user_id, version) VALUES (${userId}, 1)
        ON CONFLICT (user_id) DO UPDATE SET version = inbox.version + 1 RETURNING version
      ), added AS (
        INSERT INTO notifications (id, user_id, version, kind, title, body, booking_id, created_at)
        SELECT ${id}, ${userId}, version, ${kind}::"NotificationKind", ${title}, ${body}, ${bookingId},
          ${createdAt}::timestamptz
        FROM numbered
        RETURNING id, user_id
      ), unread AS (
        SELECT count(*)::int AS before FROM notifications WHERE user_id = ${userId} AND read_at IS NULL
      )
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT gen_random_uuid(), 'notification.created', user_id,
        jsonb_build_object('notificationId', id, 'userId', user_id, 'unreadCount', before + 1), ${currentTraceparent()}
      FROM added, unread`;
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
