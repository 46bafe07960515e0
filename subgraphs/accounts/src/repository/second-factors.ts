import type { PrismaClient } from '@marquee/prisma-accounts';
import type { SecondFactors } from '../domain/second-factor.ts';

/** Second factors in the accounts database. */
export function secondFactorsIn(client: PrismaClient): SecondFactors {
  return {
    deviceOf: async (userId) => {
      const device = await client.totpDevice.findUnique({ where: { userId } });
      return device && { sealedSecret: device.secret, confirmed: device.confirmedAt !== null };
    },

    startDevice: async (userId, sealedSecret, at) => {
      const count = await client.$executeRaw`
        INSERT INTO totp_devices (user_id, secret, started_at) VALUES (${userId}, ${sealedSecret}, ${at})
        ON CONFLICT (user_id) DO UPDATE SET secret = EXCLUDED.secret, started_at = EXCLUDED.started_at, last_step = 0
        WHERE totp_devices.confirmed_at IS NULL`;
      return count === 1;
    },

    confirmDevice: async ({ userId, sealedSecret, step, recoveryHashes, at }) => {
      const count = await client.$executeRaw`
        WITH confirmed AS (
          UPDATE totp_devices SET confirmed_at = ${at}, last_step = ${step}
          WHERE user_id = ${userId} AND secret = ${sealedSecret} AND confirmed_at IS NULL
          RETURNING user_id
        )
        INSERT INTO recovery_codes (user_id, hash)
        SELECT user_id, unnest(${recoveryHashes}::text[]) FROM confirmed`;
      return count > 0;
    },

    acceptStep: async (userId, step) => {
      const { count } = await client.totpDevice.updateMany({
        where: { userId, lastStep: { lt: step } },
        data: { lastStep: step },
      });
      return count === 1;
    },

    useRecoveryCode: async (userId, hash, at) => {
      const { count } = await client.recoveryCode.updateMany({
        where: { userId, hash, usedAt: null },
        data: { usedAt: at },
      });
      return count === 1;
    },

    openChallenge: async (challenge) => {
      await client.secondFactorChallenge.create({ data: challenge });
    },

    countAnswer: async (hash, maximum, at) => {
      const [row] = await client.$queryRaw<{ userId: string }[]>`
        UPDATE second_factor_challenges SET attempts = attempts + 1
        WHERE hash = ${hash} AND answered_at IS NULL AND expires_at > ${at} AND attempts < ${maximum}
        RETURNING user_id AS "userId"`;
      return row?.userId ?? null;
    },

    closeChallenge: async (hash, at) => {
      const { count } = await client.secondFactorChallenge.updateMany({
        where: { hash, answeredAt: null },
        data: { answeredAt: at },
      });
      return count === 1;
    },
  };
}
