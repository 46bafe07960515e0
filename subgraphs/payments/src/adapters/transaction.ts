import type { Prisma } from '@marquee/prisma-payments';

/** A transaction on the payments database, as consumers of events are handed one. */
export type Transaction = Prisma.TransactionClient;
