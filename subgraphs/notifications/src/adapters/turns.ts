import type { SqlTransaction } from '@marquee/database';

/** Waits until no other transaction has the turn of a name, and keeps it until this one ends. */
export async function takeTurn(tx: SqlTransaction, name: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
