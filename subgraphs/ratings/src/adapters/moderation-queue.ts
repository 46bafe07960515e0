import type { SqlTransaction } from '@marquee/database';
import { audited, currentTraceparent, outboxInsert } from '@marquee/events';
import { Prisma } from '@marquee/prisma-ratings';
import type { LatestPage } from '@marquee/subgraph';
import { type Instruments, observe } from '@marquee/telemetry';

import type { Moderation } from '../domain/moderation.ts';
import type { ModerationQueue } from '../domain/ports.ts';
import type { Review } from '../domain/review.ts';
import { countStars } from './count-stars.ts';
import { firstReview, reviewColumns, type ReviewRow, toReview } from './review-row.ts';

/** The reviews that wait for a moderator. */
export class ModerationQueueRepository implements ModerationQueue {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async list({ limit, after }: LatestPage): Promise<Review[]> {
    const start = after
      ? Prisma.sql`AND (queued_at, id) > (${after.createdAt}::timestamptz, ${after.id})`
      : Prisma.empty;
    const rows = await this.#sql.$queryRaw<ReviewRow[]>`
      SELECT ${reviewColumns('reviews')} FROM reviews WHERE queued_at IS NOT NULL ${start}
      ORDER BY queued_at, id LIMIT ${limit + 1}`;
    return rows.map(toReview);
  }

  /** Decides once: of several moderators at a time, the others find the review no longer queued. */
  async decide({ reviewId, moderatorId, decision, note, version, at }: Moderation): Promise<Review | null> {
    const status = decision === 'PUBLISH' ? 'PUBLISHED' : 'REJECTED';
    const action = { actorId: moderatorId, action: 'review.moderated', subjectType: 'Review', subjectId: reviewId };
    const log = outboxInsert([audited('ratings', { ...action, detail: decision })], Prisma.sql`after`);
    const asRead = version === null ? Prisma.empty : Prisma.sql`AND version = ${version}::int`;
    const rows = await this.#sql.$queryRaw<ReviewRow[]>`
      WITH before AS (
        SELECT * FROM reviews WHERE id = ${reviewId} AND queued_at IS NOT NULL ${asRead} FOR UPDATE
      ), after AS (
        UPDATE reviews SET status = ${status}::"ReviewStatus", doubts = '{}', queued_at = NULL, open_reports = 0,
          note = ${note}, moderated_by = ${moderatorId}, moderated_at = ${at}::timestamptz, version = before.version + 1
        FROM before WHERE reviews.id = before.id RETURNING reviews.*
      ), closed AS (
        UPDATE review_reports SET closed_at = ${at}::timestamptz, version = after.version FROM after
        WHERE review_id = after.id AND closed_at IS NULL
      ), told AS (
        INSERT INTO outbox_events (id, type, key, payload, traceparent)
        SELECT gen_random_uuid(), 'ratings.review-moderated', id, jsonb_build_object('reviewId', id,
          'authorId', author_id, 'decision', ${decision}::text, 'previousStatus', status), ${currentTraceparent()}
        FROM before WHERE author_id IS NOT NULL
      ), logged AS (${log}), ${countStars({ before: 'before', after: 'after' })}
      SELECT ${reviewColumns('after')} FROM after`;
    return firstReview(rows);
  }

  /** The number of reviews that wait, and how long the first has waited, in seconds. */
  async backlog(): Promise<{ queued: number; oldestSeconds: number }> {
    const [row] = await this.#sql.$queryRaw<{ queued: number; oldestSeconds: number }[]>`
      SELECT count(*)::int AS queued, coalesce(extract(epoch FROM now() - min(queued_at)), 0)::float AS "oldestSeconds"
      FROM reviews WHERE queued_at IS NOT NULL`;
    return row ?? { queued: 0, oldestSeconds: 0 };
  }
}

/** Exports how many reviews wait for a moderator, and for how long. */
export function observeQueue(queue: ModerationQueueRepository, { metrics }: Instruments): void {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_reviews_queued',
    help: 'Reviews that wait for a moderator',
    read: async () => (await queue.backlog()).queued,
  });
  observe(metrics, {
    name: 'marquee_reviews_queued_oldest_seconds',
    help: 'How long the review waits that waits for a moderator for longest',
    read: async () => (await queue.backlog()).oldestSeconds,
  });
}
