import type { FollowedHold, OpenReservation } from '../domain/ports.ts';

export interface ReleaseReservationsDeps {
  readonly usedCoupons: {
    open(): Promise<readonly OpenReservation[]>;
    follow(hold: FollowedHold): Promise<void>;
    release(reservations: readonly OpenReservation[]): Promise<void>;
  };
  readonly holds: { followed(holdIds: readonly string[]): Promise<readonly FollowedHold[]> };
}

/**
 * Releases the coupons of bookings that were never made.
 *
 * Booking is asked, and no event is waited for: past the reservation's time its statement makes no booking any more, so
 * what it does not have then it never will.
 */
export async function releaseReservations({ usedCoupons, holds }: ReleaseReservationsDeps): Promise<void> {
  const open = await usedCoupons.open();
  if (open.length === 0) return;
  const followed = await holds.followed(open.map(({ holdId }) => holdId));
  for (const hold of followed) await usedCoupons.follow(hold);
  const kept = new Set(followed.map(({ holdId }) => holdId));
  await usedCoupons.release(open.filter(({ holdId }) => !kept.has(holdId)));
}
