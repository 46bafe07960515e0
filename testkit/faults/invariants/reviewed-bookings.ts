import type { Databases } from './rule.ts';

/** Bookings whose refund was refused, so that staff decide, or have decided, where the money stays. */
export async function reviewedBookings(databases: Databases): Promise<ReadonlySet<string>> {
  const rows = await databases('booking').$queryRaw<{ id: string }[]>`
    SELECT DISTINCT booking_id AS id FROM booking_events WHERE type = 'NEEDS_REVIEW'`;
  return new Set(rows.map(({ id }) => id));
}
