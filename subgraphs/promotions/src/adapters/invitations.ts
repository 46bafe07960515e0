import { isCheckViolation, type Sql, sql, type SqlTransaction } from '@marquee/database';
import { currentTraceparent } from '@marquee/events';
import { newId } from '@marquee/subgraph/ids';

import type { Invitation, RewardOf } from '../domain/referral.ts';

/** A ticket that admitted the customer of its booking. */
export interface Attendance {
  readonly customerId: string;
  readonly bookingId: string;
  /** The amount paid for the booking and not refunded, in minor units. */
  readonly paid: number;
  readonly currency: string;
  /** The least that has to stay paid for a reward. */
  readonly needed: number;
  /** The part of each payment, by its id. */
  readonly paidBy: Readonly<Record<string, number>>;
  readonly organisationId: string | null;
}

/** A payment of which something was given back: refunded, or lost in a dispute. */
export interface ReducedPayment {
  readonly customerId: string;
  readonly paymentId: string;
  /** The part that was not, in minor units. */
  readonly left: number;
}

/** The part of a visit's payments that was not given back. @param paidBy an expression with the part of each */
const leftOf = (paidBy: Sql): Sql => sql`(
  SELECT coalesce(sum(least(payment.amount::bigint, (payments_left ->> payment.id)::bigint)), 0)
  FROM jsonb_each_text(${paidBy}) AS payment (id, amount))`;

/** Too little of the visit's payments is left to deserve a reward. */
const IS_RETURNED = sql`paid_by <> '{}' AND ${leftOf(sql`paid_by`)} < greatest(paid_needed, 1)`;

/** Rewards that one run of the job gives. */
const BATCH = 100;
/** A referrer's rewards are counted, and limited by a constraint, in periods of 30 days. */
const PERIOD_SECONDS = 30 * 86_400;

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

  /**
   * Makes the rewards due of people who attended a booking of their own for the first time, unless too much of its payments
   * was given back before: the row says so, whichever event comes first.
   */
  async attend(attended: readonly Attendance[]): Promise<void> {
    await this.#sql.$executeRaw`
      UPDATE referrals SET status = 'DUE', attended_at = now(), booking_id = "bookingId", paid = first.paid,
        paid_currency = first.currency, paid_needed = needed, paid_by = "paidBy", organisation_id = "organisationId"
      FROM (SELECT DISTINCT ON ("customerId") * FROM jsonb_to_recordset(${JSON.stringify(attended)}::jsonb)
          AS ticket ("customerId" text, "bookingId" text, paid bigint, currency text, needed bigint,
            "paidBy" jsonb, "organisationId" text)) AS first
      WHERE invitee_id = "customerId" AND status = 'PENDING' AND ${leftOf(sql`"paidBy"`)} >= needed`;
  }

  /** The invitations whose rewards are due, the oldest first. @param delayDays since the visit */
  async due(delayDays: number): Promise<Invitation[]> {
    return this.#sql.$queryRaw<Invitation[]>`
      SELECT invitee_id AS "inviteeId", referrer_id AS "referrerId", paid_currency AS currency, organisation_id AS "organisationId"
      FROM referrals WHERE ${isDue(delayDays)} ORDER BY attended_at LIMIT ${BATCH}`;
  }

  /** Nothing is rewarded for this invitation. */
  async refuse({ inviteeId }: Pick<Invitation, 'inviteeId'>): Promise<void> {
    await this.#sql.$executeRaw`
      UPDATE referrals SET status = 'REFUSED', decided_at = now() WHERE invitee_id = ${inviteeId} AND status = 'DUE'`;
  }

  /** Rewards both, or neither when one is suspended or the referrer was rewarded for as many as may be. */
  async reward(invitation: Pick<Invitation, 'inviteeId'>, rewards: readonly RewardOf[]): Promise<void> {
    try {
      await this.#give(invitation, rewards);
    } catch (error) {
      if (!isCheckViolation(error, 'reward_periods_within_limit')) throw error;
      await this.refuse(invitation);
    }
  }

  /** The rewards, their count and their events are one statement. */
  async #give({ inviteeId }: Pick<Invitation, 'inviteeId'>, rewards: readonly RewardOf[]): Promise<void> {
    const rows = rewards.map(({ userId, reward }) => ({ id: newId('rwd'), userId, ...reward }));
    await this.#sql.$executeRaw`
      WITH rewarded AS (
        UPDATE referrals SET decided_at = now(), status = CASE WHEN EXISTS (
            SELECT FROM suspended_people WHERE user_id IN (invitee_id, referrer_id))
          THEN 'REFUSED'::referral_status ELSE 'REWARDED' END
        WHERE invitee_id = ${inviteeId} AND status = 'DUE' RETURNING invitee_id, referrer_id, status
      ), counted AS (
        INSERT INTO reward_periods AS counted (referrer_id, period, rewarded)
        SELECT referrer_id, floor(extract(epoch FROM now()) / ${PERIOD_SECONDS}::int), 1 FROM rewarded
        WHERE status = 'REWARDED'
        ON CONFLICT (referrer_id, period) DO UPDATE SET rewarded = counted.rewarded + 1
      ), given AS (
        INSERT INTO referral_rewards (id, invitee_id, user_id, amount, currency)
        SELECT row.id, invitee_id, row."userId", row.amount, row.currency
        FROM rewarded, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS row (id text, "userId" text, amount bigint, currency text)
        WHERE status = 'REWARDED' RETURNING *
      ) ${emitted('promotions.referral-rewarded', sql`given`)}`;
  }

  /**
   * Notes the least that was left of payments. When too little is left of a visit's, what was rewarded for it lately is
   * taken back; if nothing was yet, the next one that is attended counts instead.
   */
  async refund(reduced: readonly ReducedPayment[], reversalDays: number): Promise<void> {
    const noted = await this.#sql.$executeRaw`
      WITH reduced AS (
        SELECT "customerId", jsonb_object_agg("paymentId", "left" ORDER BY "left" DESC) AS payments
        FROM jsonb_to_recordset(${JSON.stringify(reduced)}::jsonb)
          AS payment ("customerId" text, "paymentId" text, "left" bigint)
        GROUP BY 1
      ), invited AS MATERIALIZED (
        SELECT invitee_id, payments FROM referrals JOIN reduced ON invitee_id = "customerId"
        WHERE status IN ('PENDING', 'DUE', 'REWARDED') ORDER BY invitee_id FOR NO KEY UPDATE OF referrals
      )
      UPDATE referrals SET payments_left = payments_left || (
        SELECT jsonb_object_agg(key, least(value::bigint, (payments_left ->> key)::bigint))
        FROM jsonb_each_text(payments))
      FROM invited WHERE referrals.invitee_id = invited.invitee_id`;
    if (noted === 0) return;
    const isTheirs = sql`invitee_id = ANY (${reduced.map(({ customerId }) => customerId)}::text[]) AND ${IS_RETURNED}`;
    await this.#sql.$executeRaw`
      UPDATE referrals SET status = 'PENDING', booking_id = NULL, paid = 0, attended_at = NULL, paid_currency = NULL,
        paid_needed = 0, paid_by = '{}', organisation_id = NULL
      WHERE ${isTheirs} AND status = 'DUE'`;
    await this.#reverse(isTheirs, reversalDays);
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

  async countDue(delayDays: number): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ due: number }[]>`
      SELECT count(*)::int AS due FROM referrals WHERE ${isDue(delayDays)}`;
    return row?.due ?? 0;
  }
}

const isDue = (delayDays: number): Sql =>
  sql`status = 'DUE' AND attended_at <= now() - make_interval(days => ${delayDays}::int)`;

/** Emits an event of each reward. @param rewards a part of the statement with rows of them */
function emitted(type: string, rewards: Sql): Sql {
  return sql`
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), ${type}, id, jsonb_build_object('rewardId', id, 'userId', user_id, 'inviteeId', invitee_id,
      'amount', amount, 'currency', currency), ${currentTraceparent()}
    FROM ${rewards}`;
}
