import type { SqlTransaction } from '@marquee/database';

import type { PushDeliveries, TriedDelivery } from '../domain/ports.ts';
import { MAX_PUSH_ENDPOINTS } from '../domain/push-endpoint.ts';
import type { PushDelivery, PushLane, PushMessage } from '../domain/push-message.ts';

/** A process that stopped while it sent leaves its deliveries to others after this; longer than any try takes. */
const LEASE_SECONDS = 60;

type Row = Omit<PushDelivery, 'subscription'> & PushDelivery['subscription'];

/** Messages on their way to endpoints. Due times are judged by the database clock. */
export class PushDeliveryRepository implements PushDeliveries {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async add(messages: readonly PushMessage[]): Promise<void> {
    await this.#sql.$executeRaw`
      WITH message AS (
        SELECT * FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) AS ("notificationId" text,
          "userId" text, kind text, message jsonb, "bookingId" text, about jsonb, lane text, urgency text, topic text,
          "isUrgent" boolean, "expiresAt" timestamptz)) WITH ORDINALITY AS given (notification_id, user_id, kind, message, booking_id, about,
          lane, urgency, topic, is_urgent, expires_at, position)
      ), newest AS (
        SELECT DISTINCT ON (user_id, coalesce(topic, notification_id)) * FROM message
        ORDER BY user_id, coalesce(topic, notification_id), position DESC
      ), replaced AS (
        DELETE FROM push_deliveries waiting USING newest
        WHERE waiting.user_id = newest.user_id AND waiting.topic = newest.topic
      )
      INSERT INTO push_deliveries (endpoint_id, user_id, host, notification_id, kind, message, booking_id, about, lane,
        urgency, topic, is_urgent, expires_at)
      SELECT endpoint.id, user_id, host, notification_id, kind::"NotificationKind", message, booking_id, about,
        lane::"PushLane", urgency, topic, is_urgent, expires_at
      FROM newest CROSS JOIN LATERAL (
        SELECT id, host FROM push_endpoints WHERE push_endpoints.user_id = newest.user_id
        ORDER BY created_at DESC LIMIT ${MAX_PUSH_ENDPOINTS}::int) AS endpoint
      ORDER BY position`;
  }

  async claim(lane: PushLane, limit: number): Promise<PushDelivery[]> {
    const rows = await this.#sql.$queryRaw<Row[]>`
      UPDATE push_deliveries AS claimed
      SET attempts = attempts + 1, due_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}::int)
      FROM push_endpoints AS target
      WHERE target.id = claimed.endpoint_id AND claimed.id = ANY (ARRAY (
        SELECT id FROM push_deliveries AS due
        WHERE lane = ${lane}::"PushLane" AND due_at <= clock_timestamp() AND expires_at > clock_timestamp()
          AND NOT EXISTS (SELECT FROM push_hosts site WHERE paused_until > clock_timestamp()
            AND (site.host = due.host OR right(due.host, length(site.host) + 1) = '.' || site.host))
        ORDER BY due_at, id LIMIT ${limit}::int FOR UPDATE SKIP LOCKED))
      RETURNING claimed.id::text, endpoint_id AS "endpointId", claimed.user_id AS "userId", lane::text,
        is_urgent AS "isUrgent", claimed.host, notification_id AS "notificationId", kind::text,
        message, booking_id AS "bookingId", about, urgency, topic, is_short AS "isShort", attempts, endpoint, p256dh, auth,
        greatest(0, extract(epoch FROM expires_at - clock_timestamp()))::int AS "ttlSeconds"`;
    return rows.map(({ endpoint, p256dh, auth, ...delivery }) => ({
      ...delivery,
      subscription: { endpoint, p256dh, auth },
    }));
  }

  async settle(tried: readonly TriedDelivery[]): Promise<void> {
    const results = tried.map(({ id, outcome }) => ({ id, delayMs: 0, ...outcome }));
    await this.#sql.$executeRaw`
      WITH result AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(results)}::jsonb) AS result (id bigint, kind text, "delayMs" int)
      ), ended AS (
        DELETE FROM push_endpoints WHERE id IN (
          SELECT endpoint_id FROM push_deliveries JOIN result USING (id) WHERE result.kind = 'ENDED')
      ), done AS (
        DELETE FROM push_deliveries USING result
        WHERE push_deliveries.id = result.id AND result.kind IN ('SENT', 'REFUSED')
      )
      UPDATE push_deliveries
      SET due_at = clock_timestamp() + "delayMs" * interval '1 ms', is_short = is_short OR result.kind = 'SHORTENED'
      FROM result
      WHERE push_deliveries.id = result.id AND result.kind IN ('FAILED', 'POSTPONED', 'SHORTENED')`;
  }

  /** Deletes what nobody wants any more. @returns how many */
  deleteExpired(): PromiseLike<number> {
    return this.#sql.$executeRaw`DELETE FROM push_deliveries WHERE expires_at <= clock_timestamp()`;
  }

  /** The number of pushes that wait in each lane, and for how long the oldest that is due has been. */
  waiting(): PromiseLike<{ lane: PushLane; deliveries: number; dueSeconds: number }[]> {
    return this.#sql.$queryRaw`
      SELECT lane::text, count(*)::int AS deliveries,
        greatest(0, extract(epoch FROM clock_timestamp() - min(due_at)))::float8 AS "dueSeconds"
      FROM push_deliveries GROUP BY lane`;
  }
}
