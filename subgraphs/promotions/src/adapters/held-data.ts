import type { SqlTransaction } from '@marquee/database';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Everything that promotions holds about a person. */
export class HeldDataRepository {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  /** All of it: coupons in bookings, the person's code, whom they invited or were invited by, rewards, and a suspension. */
  async of(userId: string): Promise<Record<string, Rows>> {
    const coupons = await this.#sql.$queryRaw<Rows>`
      SELECT code, booking_id AS "bookingId", use.status::text, amount, use.currency, reserved_at AS "reservedAt",
        redeemed_at AS "redeemedAt", returned_at AS "returnedAt"
      FROM coupon_redemptions AS use JOIN coupons ON coupons.id = coupon_id
      WHERE customer_id = ${userId} ORDER BY reserved_at`;
    const referralCode = await this.#sql.$queryRaw<Rows>`
      SELECT code, created_at AS "createdAt" FROM referral_codes WHERE user_id = ${userId}`;
    const referrals = await this.#sql.$queryRaw<Rows>`
      SELECT CASE WHEN referrer_id = ${userId} THEN 'invited' ELSE 'was invited' END AS role, status::text,
        registered_at AS "registeredAt", attended_at AS "attendedAt"
      FROM referrals WHERE ${userId} IN (referrer_id, invitee_id) ORDER BY registered_at`;
    const rewards = await this.#sql.$queryRaw<Rows>`
      SELECT amount, currency, rewarded_at AS "rewardedAt", reversed_at AS "takenBackAt"
      FROM referral_rewards WHERE user_id = ${userId} ORDER BY rewarded_at`;
    const suspensions = await this.#sql.$queryRaw<Rows>`
      SELECT suspended_at AS "suspendedAt" FROM suspended_people WHERE user_id = ${userId}`;
    const triedCodes = await this.#sql.$queryRaw<Rows>`
      SELECT tries, since FROM code_tries WHERE customer_id = ${userId}`;
    const couponsOfWork = await this.#sql.$queryRaw<Rows>`
      SELECT id, created_at AS "createdAt", created_by = ${userId} AS "isCreator",
        CASE WHEN disabled_by = ${userId} THEN disabled_at END AS "disabledAt"
      FROM coupons WHERE ${userId} IN (created_by, disabled_by) ORDER BY created_at`;
    return { coupons, referralCode, referrals, rewards, suspensions, triedCodes, couponsOfWork };
  }

  /** Deletes the code and all that is not decided. What was used and rewarded stays for the books, by ids alone. */
  async erase(userId: string): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM code_tries WHERE customer_id = ${userId}`;
    await this.#sql.$executeRaw`DELETE FROM reward_periods WHERE referrer_id = ${userId}`;
    await this.#sql.$executeRaw`DELETE FROM suspended_people WHERE user_id = ${userId}`;
    await this.#sql.$executeRaw`DELETE FROM referral_codes WHERE user_id = ${userId}`;
    await this.#sql.$executeRaw`
      DELETE FROM referrals WHERE ${userId} IN (referrer_id, invitee_id) AND status IN ('PENDING', 'DUE')`;
  }
}
