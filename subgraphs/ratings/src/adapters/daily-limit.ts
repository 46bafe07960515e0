import type { SqlTransaction } from '@marquee/database';
import { rateLimited } from '@marquee/errors';
import type { Prisma } from '@marquee/prisma-ratings';

const HOUR_SECONDS = 60 * 60;

export interface DailyLimit {
  readonly personId: string;
  /** A query of one row with the `count` of what the person has written in the last day. */
  readonly written: Prisma.Sql;
  readonly max: number;
  /** Such as `reviews`. */
  readonly what: string;
}

/** Lets a person's writing take turns until the transaction ends. @throws {CodedError} RATE_LIMITED */
export async function assertFewToday(tx: SqlTransaction, { personId, written, max, what }: DailyLimit): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${personId}, 0))`;
  const [found] = await tx.$queryRaw<{ count: number }[]>(written);
  if ((found?.count ?? 0) < max) return;
  throw rateLimited(HOUR_SECONDS, `You have written many ${what} today. Write the next one tomorrow.`);
}
