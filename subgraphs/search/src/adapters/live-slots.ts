import { Prisma } from '@marquee/prisma-search';

/** The slots that a change goes to. */
export type Target = 'IN_USE' | 'BUILDING';

/**
 * The slots of a change, as the part `live` of its statement. They stay in use until the change is committed: a rebuild
 * waits for it before it begins, and before it swaps.
 */
export function liveSlots(target: Target): Prisma.Sql {
  const states = target === 'BUILDING' ? Prisma.sql`state = 'BUILDING'` : Prisma.sql`state <> 'IDLE'`;
  return Prisma.sql`live AS MATERIALIZED (SELECT slot, state FROM slots WHERE ${states} ORDER BY slot FOR KEY SHARE)`;
}
