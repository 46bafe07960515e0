import { type Sql, sql, type SqlTransaction } from '@marquee/database';
import { currentTraceparent } from '@marquee/events';
import type { Money } from '@marquee/money';
import { newId } from '@marquee/subgraph/ids';

/** A person who signed up with somebody's code. */
export interface Invitation {
  readonly inviteeId: string;
  readonly referrerId: string;
}

/** A ticket that admitted the customer of its booking. */
export interface Attendance {
  readonly customerId: string;
  readonly bookingId: string;
  /** What the booking cost, in minor units. */
  readonly paid: number;
}

/** Rewards that one run of the job gives. */
const BATCH = 100;

/** Invitations, from the sign-up to the reward. Each change depends on the status, so a repeat changes nothing. */
export class InvitationRepository {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  /**
   * Notes who invited a person. A code of nobody, of the person, of somebody whom the person led here, or of somebody who
   * is suspended invites nobody.
   */
  async accept(inviteeId: string, code: string): Promise<void> {
    await this.#sql.$executeRaw`
      WITH RECURSIVE inviters AS (
        SELECT user_id FROM referral_codes WHERE code = ${code}
        UNION SELECT referrer_id FROM inviters JOIN referrals ON invitee_id = inviters.user_id
      )
      INSERT INTO referrals (invitee_id, referrer_id, status)
      SELECT ${inviteeId}, user_id, 'PENDING' FROM referral_codes
      WHERE code = ${code} AND NOT EXISTS (SELECT FROM inviters WHERE user_id = ${inviteeId})
        AND NOT EXISTS (
          SELECT FROM suspended_people WHERE suspended_people.user_id IN (${inviteeId}, referral_codes.user_id))
      ON CONFLICT (invitee_id) DO NOTHING`;
  }

  /** Makes the rewards due of people who attended a booking of their own for the first time. */
  async attend(attended: readonly Attendance[]): Promise<void> {
    await this.#sql.$executeRaw`
      UPDATE referrals SET status = 'DUE', booking_id = first.booking, paid = first.paid, attended_at = now()
      FROM (SELECT DISTINCT ON ("customerId") "customerId" AS customer, "bookingId" AS booking, paid
        FROM jsonb_to_recordset(${JSON.stringify(attended)}::jsonb)
          AS ticket ("customerId" text, "bookingId" text, paid bigint)) AS first
      WHERE invitee_id = first.customer AND status = 'PENDING'`;
  }

  /** The invitations whose rewards are due, the oldest first. */
  async due(): Promise<Invitation[]> {
    return this.#sql.$queryRaw<Invitation[]>`
      SELECT invitee_id AS "inviteeId", referrer_id AS "referrerId" FROM referrals
      WHERE status = 'DUE' ORDER BY attended_at LIMIT ${BATCH}`;
  }

  /** Rewards both, unless they no longer deserve it: the rewards and their events are one statement. */
  async reward({ inviteeId }: Invitation, rewards: readonly { userId: string; reward: Money }[]): Promise<void> {
    const rows = rewards.map(({ userId, reward }) => ({ id: newId('rwd'), userId, ...reward }));
    await this.#sql.$executeRaw`
      WITH rewarded AS (
        UPDATE referrals SET decided_at = now(), status = CASE WHEN EXISTS (
            SELECT FROM suspended_people WHERE user_id IN (invitee_id, referrer_id))
          THEN 'REFUSED'::referral_status ELSE 'REWARDED' END
        WHERE invitee_id = ${inviteeId} AND status = 'DUE' RETURNING invitee_id, status
      ), given AS (
        INSERT INTO referral_rewards (id, invitee_id, user_id, amount, currency)
        SELECT row.id, invitee_id, row."userId", row.amount, row.currency
        FROM rewarded, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS row (id text, "userId" text, amount bigint, currency text)
        WHERE status = 'REWARDED' RETURNING *
      ) ${emitted('promotions.referral-rewarded', sql`given`)}`;
  }

  /**
   * Notes a refund of a booking. Once it is refunded whole, what was rewarded for it lately is taken back; if nothing was
   * yet, the next one that is attended counts instead.
   */
  async refund(bookingId: string, amount: number, reversalDays: number): Promise<void> {
    await this.#sql.$executeRaw`
      UPDATE referrals SET refunded = refunded + ${amount}::bigint WHERE booking_id = ${bookingId}`;
    const isWhole = sql`booking_id = ${bookingId} AND refunded >= paid`;
    await this.#sql.$executeRaw`
      UPDATE referrals SET status = 'PENDING', booking_id = NULL, paid = 0, refunded = 0, attended_at = NULL
      WHERE ${isWhole} AND status = 'DUE'`;
    await this.#reverse(isWhole, reversalDays);
  }

  /** A person was suspended: nothing is rewarded for them any more, and what was rewarded lately is taken back. */
  async suspend(userId: string, reversalDays: number): Promise<void> {
    // First, so that a sign-up or a reward at the same moment is seen here, or sees this.
    await this.#sql.$executeRaw`INSERT INTO suspended_people (user_id) VALUES (${userId}) ON CONFLICT DO NOTHING`;
    await this.#sql.$executeRaw`
      UPDATE referrals SET status = 'REFUSED', decided_at = now()
      WHERE ${userId} IN (invitee_id, referrer_id) AND status IN ('PENDING', 'DUE')`;
    await this.#reverse(sql`${userId} IN (invitee_id, referrer_id)`, reversalDays);
  }

  /** A suspension was lifted: the person can invite, and earn, from now on. */
  async reinstate(userId: string): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM suspended_people WHERE user_id = ${userId}`;
  }

  async #reverse(whose: Sql, reversalDays: number): Promise<void> {
    await this.#sql.$executeRaw`
      WITH reversed AS (
        UPDATE referrals SET status = 'REVERSED', decided_at = now()
        WHERE ${whose} AND status = 'REWARDED' AND decided_at > now() - make_interval(days => ${reversalDays}::int)
        RETURNING invitee_id
      ), taken AS (
        UPDATE referral_rewards SET reversed_at = now() FROM reversed
        WHERE referral_rewards.invitee_id = reversed.invitee_id RETURNING referral_rewards.*
      ) ${emitted('promotions.referral-reversed', sql`taken`)}`;
  }

  async countDue(): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ due: number }[]>`
      SELECT count(*)::int AS due FROM referrals WHERE status = 'DUE'`;
    return row?.due ?? 0;
  }
}

/** Emits an event of each reward. @param rewards a part of the statement with rows of them */
function emitted(type: string, rewards: Sql): Sql {
  return sql`
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), ${type}, id, jsonb_build_object('rewardId', id, 'userId', user_id, 'inviteeId', invitee_id,
      'amount', amount, 'currency', currency), ${currentTraceparent()}
    FROM ${rewards}`;
}
