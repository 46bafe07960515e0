import type { PrismaClient } from '@marquee/prisma-accounts';

import type { SecondFactors } from '../domain/ports.ts';
import type { AnsweredChallenge, Challenge, SecondFactorKind, TotpDevice } from '../domain/second-factor.ts';

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
