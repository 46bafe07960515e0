import type { Rule } from './rule.ts';

export const customersAreToldOnce: Rule = {
  name: 'the customer of a confirmed booking is told once',
  violations: async (databases) => {
    const confirmed = await databases('booking').$queryRaw<{ id: string; customerId: string }[]>`
      SELECT id, customer_id AS "customerId" FROM bookings AS booking WHERE complimentary_reason IS NULL AND EXISTS (
        SELECT FROM booking_events WHERE city_code = booking.city_code AND booking_id = booking.id AND type = 'CONFIRMED')`;
    const told = await databases('notifications').$queryRaw<{ id: string; times: number }[]>`
      SELECT booking_id AS id, count(*)::int AS times FROM notifications
      WHERE kind = 'BOOKING' AND (message ->> 'key' = 'bookingConfirmed' OR title LIKE 'Booked: %') GROUP BY booking_id`;
    const choosers = await databases('notifications').$queryRaw<{ id: string }[]>`
      SELECT user_id AS id FROM notification_preferences WHERE kind = 'BOOKING' AND NOT 'IN_APP' = ANY (channels)`;
    const silent = new Set(choosers.map(({ id }) => id));
    const times = new Map(told.map((row) => [row.id, row.times]));
    return confirmed
      .filter(({ id, customerId }) => !silent.has(customerId) && times.get(id) !== 1)
      .map(({ id }) => `the customer of ${id} was told ${times.get(id) ?? 0} times that it is booked`);
  },
};
