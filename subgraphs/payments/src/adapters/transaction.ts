import type { TransactionLimits } from '@marquee/database';
import type { Prisma } from '@marquee/prisma-payments';

/** A transaction on the payments database. */
export type Transaction = Prisma.TransactionClient;

export const TRANSACTION_LIMITS: TransactionLimits = { maxWait: 10_000, timeout: 15_000 };
