import type { PrismaClient } from '@marquee/prisma-accounts';

import type { SecondFactors } from '../domain/ports.ts';
import type { Challenge, TotpConfirmation, TotpDevice } from '../domain/second-factor.ts';

/** Second factors and challenges in the accounts database. */
export class SecondFactorRepository implements SecondFactors {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async deviceOf(userId: string): Promise<TotpDevice | null> {
    const device = await this.#client.totpDevice.findUnique({ where: { userId } });
    return device && { sealedSecret: device.secret, confirmed: device.confirmedAt !== null };
  }

  async startDevice(userId: string, sealedSecret: Uint8Array, at: Date): Promise<boolean> {
    const count = await this.#client.$executeRaw`
      INSERT INTO totp_devices (user_id, secret, started_at) VALUES (${userId}, ${sealedSecret}, ${at})
      ON CONFLICT (user_id) DO UPDATE SET secret = EXCLUDED.secret, started_at = EXCLUDED.started_at, last_step = 0
      WHERE totp_devices.confirmed_at IS NULL`;
    return count === 1;
  }

  async confirmDevice({ userId, sealedSecret, step, recoveryHashes, at }: TotpConfirmation): Promise<boolean> {
    const count = await this.#client.$executeRaw`
      WITH confirmed AS (
        UPDATE totp_devices SET confirmed_at = ${at}, last_step = ${step}
        WHERE user_id = ${userId} AND secret = ${sealedSecret} AND confirmed_at IS NULL
        RETURNING user_id
      )
      INSERT INTO recovery_codes (user_id, hash)
      SELECT user_id, unnest(${recoveryHashes}::text[]) FROM confirmed`;
    return count > 0;
  }

  async acceptStep(userId: string, step: number): Promise<boolean> {
    const { count } = await this.#client.totpDevice.updateMany({
      where: { userId, lastStep: { lt: step } },
      data: { lastStep: step },
    });
    return count === 1;
  }

  async useRecoveryCode(userId: string, hash: string, at: Date): Promise<boolean> {
    const { count } = await this.#client.recoveryCode.updateMany({
      where: { userId, hash, usedAt: null },
      data: { usedAt: at },
    });
    return count === 1;
  }

  async openChallenge(challenge: Challenge): Promise<void> {
    await this.#client.secondFactorChallenge.create({ data: challenge });
  }

  async countAnswer(hash: string, maxAnswers: number, at: Date): Promise<string | null> {
    const [row] = await this.#client.$queryRaw<{ userId: string }[]>`
      UPDATE second_factor_challenges SET attempts = attempts + 1
      WHERE hash = ${hash} AND answered_at IS NULL AND expires_at > ${at} AND attempts < ${maxAnswers}
      RETURNING user_id AS "userId"`;
    return row?.userId ?? null;
  }

  async closeChallenge(hash: string, at: Date): Promise<boolean> {
    const { count } = await this.#client.secondFactorChallenge.updateMany({
      where: { hash, answeredAt: null },
      data: { answeredAt: at },
    });
    return count === 1;
  }

  async deleteExpiredChallenges(now: Date): Promise<void> {
    await this.#client.secondFactorChallenge.deleteMany({ where: { expiresAt: { lt: now } } });
  }
}
