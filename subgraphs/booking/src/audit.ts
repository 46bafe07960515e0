import type { SqlTransaction } from '@marquee/database';

import { auditBookings } from './adapters/booking-audit.ts';

/** `npm run audit:bookings`: the bookings whose events do not give their row, as lines. @returns how many were compared */
export async function* audit(client: SqlTransaction): AsyncGenerator<string, string> {
  let total = 0;
  for await (const { compared, differing } of auditBookings(client)) {
    total += compared;
    for (const { bookingId, differences } of differing) yield `${bookingId} differs: ${differences.join(', ')}`;
  }
  return `${total} bookings compared with their events`;
}
