import type { SqlTransaction } from '@marquee/database';
import { audited, currentTraceparent, outboxInsert } from '@marquee/events';
import { Prisma } from '@marquee/prisma-ratings';
import type { LatestPage } from '@marquee/subgraph';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { ReviewPage, ReviewSort } from '../domain/listing.ts';
import type { Reviews } from '../domain/ports.ts';
import type { Review } from '../domain/review.ts';
import type { Subject, SubjectType } from '../domain/subject.ts';
import { countStars } from './count-stars.ts';
import { firstReview, reviewColumns, type ReviewRow, toReview } from './review-row.ts';

const COLUMNS = reviewColumns('reviews');

/** The first key of each sort, which has an index; the newest come first within it. */
const RANKS: Readonly<Record<ReviewSort, string | null>> = {
  NEWEST: null,
  MOST_HELPFUL: 'helpful_count',
  HIGHEST: 'stars',
  LOWEST: '(-stars)',
};

/** Reviews. A change, its effect on the rating and its events are one statement. */
export class ReviewRepository implements Reviews {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async find(id: string): Promise<Review | null> {
    const [review] = await this.findMany([id]);
    return review ?? null;
  }

  /** The reviews with these ids, in any order; unknown ids are left out. */
  async findMany(ids: readonly string[]): Promise<Review[]> {
    const rows = await this.#sql.$queryRaw<ReviewRow[]>`
      SELECT ${COLUMNS} FROM reviews WHERE id = ANY (${ids.filter(isPossibleId)})`;
    return rows.map(toReview);
  }

  async findOf(authorId: string, { type, id }: Subject): Promise<Review | null> {
    const [review] = await this.ofAuthor(authorId, type, [id]);
    return review ?? null;
  }

  async ofAuthor(authorId: string, type: SubjectType, subjectIds: readonly string[]): Promise<Review[]> {
    const rows = await this.#sql.$queryRaw<ReviewRow[]>`
      SELECT ${COLUMNS} FROM reviews WHERE author_id = ${authorId} AND subject_type = ${type}::"SubjectType"
        AND subject_id = ANY (${subjectIds.filter(isPossibleId)})`;
    return rows.map(toReview);
  }

  async ofSubjects(type: SubjectType, ids: readonly string[], { sort, limit, after }: ReviewPage): Promise<Review[]> {
    const rank = RANKS[sort];
    const keys = [rank, 'created_at', 'id'].filter((key) => key !== null);
    const values = after && [
      ...(rank === null ? [] : [Prisma.sql`${after.rank}::int`]),
      ...[Prisma.sql`${after.createdAt}::timestamptz`, Prisma.sql`${after.id}`],
    ];
    const start = values ? Prisma.sql`AND (${Prisma.raw(keys.join(', '))}) < (${Prisma.join(values)})` : Prisma.empty;
    const rows = await this.#sql.$queryRaw<ReviewRow[]>`
      SELECT page.* FROM unnest(${ids.filter(isPossibleId)}::text[]) AS listed (listed_id) CROSS JOIN LATERAL (
        SELECT ${COLUMNS} FROM reviews
        WHERE subject_type = ${type}::"SubjectType" AND subject_id = listed_id AND status = 'PUBLISHED' ${start}
        ORDER BY ${Prisma.raw(keys.map((key) => `${key} DESC`).join(', '))} LIMIT ${limit + 1}) AS page`;
    return rows.map(toReview);
  }

  async ofAuthors(ids: readonly string[], { limit, after }: LatestPage): Promise<Review[]> {
    const start = after
      ? Prisma.sql`AND (created_at, id) < (${after.createdAt}::timestamptz, ${after.id})`
      : Prisma.empty;
    const rows = await this.#sql.$queryRaw<ReviewRow[]>`
      SELECT page.* FROM unnest(${ids.filter(isPossibleId)}::text[]) AS listed (listed_id) CROSS JOIN LATERAL (
        SELECT ${COLUMNS} FROM reviews WHERE author_id = listed_id ${start}
        ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}) AS page`;
    return rows.map(toReview);
  }

  async remove(id: string, authorId: string, at: Date): Promise<boolean> {
    const removed = await this.#sql.$queryRaw<object[]>`
      WITH before AS (SELECT * FROM reviews WHERE id = ${id} AND author_id = ${authorId} FOR UPDATE), removed AS (
        DELETE FROM reviews USING before WHERE reviews.id = before.id RETURNING reviews.id
      ), remembered AS (
        INSERT INTO deleted_reviews (id, author_id, subject_type, subject_id, was_published, deleted_at)
        SELECT id, author_id, subject_type, subject_id, status = 'PUBLISHED' AND queued_at IS NULL, ${at}::timestamptz
        FROM before
      ), ${countStars({ before: 'before' })}
      SELECT FROM removed`;
    return removed.length > 0;
  }

  async reply(id: string, { text, by, at }: { text: string; by: string; at: Date }): Promise<Review | null> {
    const action = { actorId: by, action: 'review.replied', subjectType: 'Review', subjectId: id, detail: null };
    const log = outboxInsert([audited('ratings', action)], Prisma.sql`after`);
    const rows = await this.#sql.$queryRaw<ReviewRow[]>`
      WITH before AS (
        SELECT * FROM reviews WHERE id = ${id} AND status = 'PUBLISHED' AND subject_type = 'VENUE' FOR UPDATE
      ), after AS (
        UPDATE reviews SET reply_text = ${text}, replied_by = ${by}, replied_at = ${at}::timestamptz
        FROM before WHERE reviews.id = before.id RETURNING reviews.*
      ), told AS (
        INSERT INTO outbox_events (id, type, key, payload, traceparent)
        SELECT gen_random_uuid(), 'ratings.review-replied', id,
          jsonb_build_object('reviewId', id, 'authorId', author_id), ${currentTraceparent()}
        FROM before WHERE reply_text IS NULL AND author_id IS NOT NULL
      ), logged AS (${log})
      SELECT ${reviewColumns('after')} FROM after`;
    return firstReview(rows);
  }
}
