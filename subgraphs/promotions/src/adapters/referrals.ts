import { randomInt } from 'node:crypto';
import { isUniqueViolation, type SqlTransaction } from '@marquee/database';
import { toMoney } from '@marquee/money';

import { newReferralCode, type Referral } from '../domain/referral.ts';

interface ReferralRow extends Omit<Referral, 'earned'> {
  readonly earned: readonly { readonly amount: number; readonly currency: string }[];
}

const ATTEMPTS = 5;

/** Codes of people and what came of them. A code is made when its person first asks for it. */
export class ReferralRepository {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  /** The referrals of people, in any order. */
  async ofUsers(userIds: readonly string[]): Promise<Referral[]> {
    for (let attempt = 1; ; attempt += 1) {
      const found = await this.#find(userIds);
      const known = new Set(found.map(({ userId }) => userId));
      const missing = userIds.filter((id) => !known.has(id));
      if (missing.length === 0 || attempt === ATTEMPTS) return found;
      await this.#make(missing);
    }
  }

  async #find(userIds: readonly string[]): Promise<Referral[]> {
    const rows = await this.#sql.$queryRaw<ReferralRow[]>`
      SELECT own.user_id AS "userId", own.code,
        (SELECT count(*)::int FROM referrals WHERE referrer_id = own.user_id) AS "invitedCount",
        (SELECT count(*)::int FROM referrals WHERE referrer_id = own.user_id AND status = 'REWARDED') AS "rewardedCount",
        (SELECT coalesce(jsonb_agg(jsonb_build_object('amount', amount, 'currency', currency) ORDER BY latest DESC), '[]')
          FROM (SELECT sum(amount) AS amount, currency, max(rewarded_at) AS latest
            FROM referral_rewards JOIN referrals USING (invitee_id)
            WHERE user_id = own.user_id AND referrer_id = own.user_id AND reversed_at IS NULL
            GROUP BY currency) AS by_currency) AS earned
      FROM referral_codes AS own WHERE user_id = ANY (${userIds}::text[])`;
    return rows.map(({ earned, ...row }) => ({
      ...row,
      earned: earned.map(({ amount, currency }) => toMoney(amount, currency)),
    }));
  }

  /** Of several requests at once one makes a person's code; a code that somebody else has is drawn again. */
  async #make(userIds: readonly string[]): Promise<void> {
    const codes = userIds.map(() => newReferralCode(randomInt));
    try {
      await this.#sql.$executeRaw`
        INSERT INTO referral_codes (user_id, code)
        SELECT * FROM unnest(${userIds}::text[], ${codes}::text[]) ORDER BY 1 ON CONFLICT (user_id) DO NOTHING`;
    } catch (error) {
      if (!isUniqueViolation(error, 'referral_codes_code')) throw error;
    }
  }
}
