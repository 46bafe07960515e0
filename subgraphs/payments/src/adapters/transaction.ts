import type { Prisma } from '@marquee/prisma-payments';

/** A transaction on the payments database. */
export type Transaction = Prisma.TransactionClient;
