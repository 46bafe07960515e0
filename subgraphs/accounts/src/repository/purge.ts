import type { PrismaClient } from '@marquee/prisma-accounts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Deletes what has lost its meaning: attempt windows, challenges and refresh tokens that have ended, and sessions whose
 * last refresh token ended a day ago.
 */
export async function purgeExpired(client: PrismaClient, now: Date): Promise<void> {
  await client.attemptWindow.deleteMany({ where: { endsAt: { lt: now } } });
  await client.secondFactorChallenge.deleteMany({ where: { expiresAt: { lt: now } } });
  await client.refreshToken.deleteMany({ where: { expiresAt: { lt: now } } });
  await client.session.deleteMany({ where: { expiresAt: { lt: new Date(now.getTime() - DAY_MS) } } });
}
