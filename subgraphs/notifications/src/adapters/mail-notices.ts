import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import type { MailLane, MailQueue } from '@marquee/mail';
import { newId } from '@marquee/subgraph/ids';

import { FLOOD_WINDOW_SECONDS } from '../domain/flood-limit.ts';
import type { MailNotice, MailPlan } from '../domain/mail-plan.ts';
import type { NewMailNotice, PendingMail, PlannedNotices, RecentMail } from '../domain/ports.ts';

/** Key of the advisory lock: arbitrary, and used for nothing else in this database. */
const PLAN_LOCK = 7_208_114;
/** Longer than a bounce takes to be reported. */
const KEPT_DAYS = 30;

/** Notices on their way to become mails, and the mails that they became. Due times are judged by the database clock. */
export class MailNoticeRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** Adds notices to be mailed; one that is there already is left out. */
  async add(notices: readonly NewMailNotice[]): Promise<void> {
    await this.#sql.$executeRaw`
      INSERT INTO mail_notices (id, user_id, kind, message, booking_id, about, is_urgent, is_bulk, expires_at)
      SELECT id, "userId", kind::"NotificationKind", message, "bookingId", about, "isUrgent", coalesce("isBulk", false), "expiresAt"
      FROM jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) AS notice (id text, "userId" text, kind text,
        message jsonb, "bookingId" text, about jsonb, "isUrgent" boolean, "isBulk" boolean, "expiresAt" timestamptz)
      ON CONFLICT (id) DO NOTHING`;
  }

  /** People with notices of a lane to be planned. */
  async duePeople(lane: MailLane, limit: number): Promise<string[]> {
    const rows = await this.#sql.$queryRaw<{ userId: string }[]>`
      SELECT DISTINCT user_id AS "userId" FROM (
        SELECT user_id FROM mail_notices
        WHERE mail_id IS NULL AND is_bulk = ${lane === 'BULK'} AND plan_at <= clock_timestamp()
        ORDER BY plan_at LIMIT ${limit}
      ) AS due`;
    return rows.map(({ userId }) => userId);
  }

  /** The notices of mails, in the order in which they came. */
  async ofMails(mailIds: readonly string[]): Promise<PendingMail[]> {
    return this.#sql.$queryRaw<PendingMail[]>`
      SELECT mail_id AS "mailId", kind::text, message, booking_id AS "bookingId", about FROM mail_notices
      WHERE mail_id = ANY (${mailIds}) AND (expires_at IS NULL OR expires_at > clock_timestamp())
      ORDER BY created_at, id`;
  }

  /** For how long the oldest notice that is due has been. */
  async oldestDueSeconds(): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ seconds: number }[]>`
      SELECT coalesce(greatest(extract(epoch FROM clock_timestamp() - min(plan_at)), 0), 0)::float8 AS seconds
      FROM mail_notices WHERE mail_id IS NULL`;
    return row?.seconds ?? 0;
  }

  /** Deletes what was mailed long ago. */
  async deleteOld(): Promise<void> {
    await this.#sql.$executeRaw`
      DELETE FROM mail_notices
      WHERE mail_id IS NOT NULL AND planned_at < clock_timestamp() - make_interval(days => ${KEPT_DAYS})`;
    await this.#sql.$executeRaw`
      DELETE FROM sent_mails WHERE sent_at < clock_timestamp() - make_interval(days => ${KEPT_DAYS})`;
  }
}

/**
 * Has the notices of people planned, and puts the mails into the queue, in one transaction. One process plans at a time:
 * two would each see the other's mails too late to keep the limit. What somebody waits for waits for its turn.
 *
 * @returns false when another process plans, and the lane is bulk
 */
export async function planNotices(
  client: SqlDatabase,
  queue: MailQueue,
  { lane, userIds }: { readonly lane: MailLane; readonly userIds: readonly string[] },
  plan: (pending: PlannedNotices) => MailPlan,
): Promise<boolean> {
  return client.$sqlTransaction(async (tx) => {
    if (!(await takePlanLock(tx, lane))) return false;
    const notices = await tx.$queryRaw<MailNotice[]>`
      SELECT id, user_id AS "userId", kind::text, is_urgent AS "isUrgent", is_bulk AS "isBulk", expires_at AS "expiresAt"
      FROM mail_notices WHERE user_id = ANY (${userIds}) AND mail_id IS NULL ORDER BY created_at, id`;
    const recent = await tx.$queryRaw<RecentMail[]>`
      SELECT user_id AS "userId", kind::text, min(planned_at) AS at FROM mail_notices
      WHERE user_id = ANY (${userIds}) AND NOT is_urgent
        AND planned_at > clock_timestamp() - make_interval(secs => ${FLOOD_WINDOW_SECONDS})
      GROUP BY user_id, kind, mail_id`;
    const [clock] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
    await store(tx, queue, plan({ notices, recent, now: clock?.now ?? new Date() }));
    return true;
  });
}

async function takePlanLock(tx: SqlTransaction, lane: MailLane): Promise<boolean> {
  if (lane === 'TRANSACTIONAL') {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${PLAN_LOCK})`;
    return true;
  }
  const [lock] = await tx.$queryRaw<{ locked: boolean }[]>`SELECT pg_try_advisory_xact_lock(${PLAN_LOCK}) AS locked`;
  return lock?.locked ?? false;
}

async function store(tx: SqlTransaction, queue: MailQueue, { mails, waits, dropped }: MailPlan): Promise<void> {
  const planned = mails.map((mail) => ({ ...mail, id: newId('mail') }));
  await queue.addAll(planned, tx);
  const taken = planned.flatMap(({ id, noticeIds }) => noticeIds.map((noticeId) => ({ noticeId, mailId: id })));
  await tx.$executeRaw`
    UPDATE mail_notices SET mail_id = taken."mailId", planned_at = clock_timestamp()
    FROM jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) AS taken ("noticeId" text, "mailId" text)
    WHERE id = taken."noticeId"`;
  const later = waits.flatMap(({ noticeIds, until }) => noticeIds.map((noticeId) => ({ noticeId, until })));
  await tx.$executeRaw`
    UPDATE mail_notices SET plan_at = later.until
    FROM jsonb_to_recordset(${JSON.stringify(later)}::jsonb) AS later ("noticeId" text, until timestamptz)
    WHERE id = later."noticeId"`;
  await tx.$executeRaw`DELETE FROM mail_notices WHERE id = ANY (${[...dropped]})`;
}
