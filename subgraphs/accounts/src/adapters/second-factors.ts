import type { Prisma, PrismaClient } from '@marquee/prisma-accounts';

import type { SecondFactorCodes, SecondFactors } from '../domain/ports.ts';
import type { AnsweredChallenge, Challenge, SecondFactorKind, TotpDevice } from '../domain/second-factor.ts';

/** Codes of second factors in the accounts database, or in a transaction of it. */
class SecondFactorCodeRepository implements SecondFactorCodes {
  readonly #client: Prisma.TransactionClient;

  constructor(client: Prisma.TransactionClient) {
    this.#client = client;
  }

  async deviceOf(userId: string): Promise<TotpDevice | null> {
    const device = await this.#client.totpDevice.findUnique({ where: { userId } });
    return device && { sealedSecret: device.secret, confirmed: device.confirmedAt !== null };
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
}

/** Second factors and challenges in the accounts database. */
export class SecondFactorRepository extends SecondFactorCodeRepository implements SecondFactors {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    super(client);
    this.#client = client;
  }

  async kindsByUsers(userIds: readonly string[]): Promise<{ userId: string; kind: SecondFactorKind }[]> {
    const rows = await this.#client.totpDevice.findMany({
      where: { userId: { in: [...userIds] }, confirmedAt: { not: null } },
      select: { userId: true },
    });
    return rows.map(({ userId }) => ({ userId, kind: 'TOTP' }));
  }

  async startDevice(userId: string, sealedSecret: Uint8Array, at: Date): Promise<boolean> {
    const count = await this.#client.$executeRaw`
      INSERT INTO totp_devices (user_id, secret, started_at) VALUES (${userId}, ${sealedSecret}, ${at})
      ON CONFLICT (user_id) DO UPDATE SET secret = EXCLUDED.secret, started_at = EXCLUDED.started_at, last_step = 0
      WHERE totp_devices.confirmed_at IS NULL`;
    return count === 1;
  }

  async openChallenge({ link, ...challenge }: Challenge): Promise<void> {
    const [linkProvider, linkSubject] = [link?.provider ?? null, link?.subject ?? null];
    await this.#client.secondFactorChallenge.create({ data: { ...challenge, linkProvider, linkSubject } });
  }

  async countAnswer(hash: string, maxAnswers: number, at: Date): Promise<AnsweredChallenge | null> {
    const [row] = await this.#client.$queryRaw<AnsweredChallenge[]>`
      UPDATE second_factor_challenges SET attempts = attempts + 1
      WHERE hash = ${hash} AND answered_at IS NULL AND expires_at > ${at} AND attempts < ${maxAnswers}
      RETURNING user_id AS "userId", credentials, CASE WHEN link_provider IS NOT NULL
        THEN json_build_object('provider', link_provider, 'subject', link_subject) END AS link`;
    return row ?? null;
  }

  /** Begins with the lock on the user's row, as every change of credentials does. */
  closeChallenge(
    { hash, userId }: Pick<Challenge, 'hash' | 'userId'>,
    at: Date,
    useCode: (codes: SecondFactorCodes) => Promise<void>,
  ): Promise<boolean> {
    return this.#client.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;
      const { count } = await tx.secondFactorChallenge.updateMany({
        where: { hash, answeredAt: null },
        data: { answeredAt: at },
      });
      if (count === 1) await useCode(new SecondFactorCodeRepository(tx));
      return count === 1;
    });
  }

  async deleteExpiredChallenges(now: Date): Promise<void> {
    await this.#client.secondFactorChallenge.deleteMany({ where: { expiresAt: { lt: now } } });
  }
}
