import type { SqlTransaction } from '@marquee/database';

import type { DomainEvent } from './event.ts';

/** Far longer than an event of a person can wait for a consumer that was away, or as a dead letter. */
const KEPT_DAYS = 400;

/**
 * A consumer's rules for people whose accounts were erased. An event that names one of them is handled as any other, for
 * bookings and payments go on; what that wrote about the person goes again, in the same transaction.
 */
export interface ErasedPeople {
  /** The people whom an event names. */
  idsIn(event: DomainEvent): readonly string[];
  /** The people whom an event erases: another event of the same batch may name them. */
  erasedBy(event: DomainEvent): readonly string[];
  erase(id: string, tx: SqlTransaction): Promise<void>;
}

/** Remembers the id of somebody who is erased, in the transaction of the erasure. */
export async function rememberErased(tx: SqlTransaction, id: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO erased_people (id) VALUES (${id}) ON CONFLICT (id) DO UPDATE SET erased_at = excluded.erased_at`;
}

/** Those of some people who were erased. */
export async function erasedAmong(tx: SqlTransaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM erased_people WHERE id = ANY (${ids}::text[])`;
  return rows.map(({ id }) => id);
}

/** Forgets the ids of people of whom no event comes any more. */
export async function forgetErased(client: SqlTransaction): Promise<void> {
  await client.$executeRaw`DELETE FROM erased_people WHERE erased_at < now() - make_interval(days => ${KEPT_DAYS})`;
}
