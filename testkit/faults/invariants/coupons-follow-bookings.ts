import type { Databases, Rule } from './rule.ts';

interface UsedCoupon {
  readonly bookingId: string;
  readonly status: string;
}

/** The state of a coupon's use by the status of its booking; support decides on others. */
const USES: Readonly<Record<string, string>> = {
  PENDING_PAYMENT: 'RESERVED',
  CONFIRMED: 'REDEEMED',
  PARTIALLY_CANCELLED: 'REDEEMED',
  COMPLETED: 'REDEEMED',
  CANCELLED: 'RETURNED',
  EXPIRED: 'RETURNED',
};

export const couponsFollowBookings: Rule = {
  name: 'a coupon is reserved, redeemed or returned as its booking says',
  violations: async (databases) => {
    const [bookings, uses] = [await bookingsWithCoupon(databases), await usesOfBookings(databases)];
    const useOf = new Map(uses.map(({ bookingId, status }) => [bookingId, status]));
    const known = new Set(bookings.map(({ bookingId }) => bookingId));
    return [
      ...bookings
        .filter(({ bookingId, status }) => USES[status] !== undefined && useOf.get(bookingId) !== USES[status])
        .map(({ bookingId, status }) => `${bookingId} is ${status}, and its coupon is ${useOf.get(bookingId)}`),
      ...uses
        .filter(({ bookingId }) => !known.has(bookingId))
        .map(({ bookingId, status }) => `a coupon is ${status} for ${bookingId}, which has none`),
    ];
  },
};

async function bookingsWithCoupon(databases: Databases): Promise<UsedCoupon[]> {
  return databases('booking').$queryRaw`SELECT id AS "bookingId", status::text FROM bookings WHERE coupon IS NOT NULL`;
}

async function usesOfBookings(databases: Databases): Promise<UsedCoupon[]> {
  return databases('promotions').$queryRaw`
    SELECT booking_id AS "bookingId", status::text FROM coupon_redemptions WHERE booking_id IS NOT NULL`;
}
