import type { FollowedHold, OpenReservation } from '../domain/ports.ts';
import type { UseStep } from '../domain/use-course.ts';

export interface ReleaseReservationsDeps {
  readonly openReservations: {
    open(): Promise<readonly OpenReservation[]>;
    follow(steps: readonly UseStep[]): Promise<void>;
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
export async function releaseReservations({ openReservations, holds }: ReleaseReservationsDeps): Promise<void> {
  const open = await openReservations.open();
  if (open.length === 0) return;
  const followed = await holds.followed(open.map(({ holdId }) => holdId));
  const kept = new Set(followed.map(({ holdId }) => holdId));
  const step = { redeemed: false, returned: false, traceparent: null };
  await openReservations.follow(followed.map(({ holdId, bookingId }) => ({ holdId, bookingId, ...step })));
  await openReservations.release(open.filter(({ holdId }) => !kept.has(holdId)));
}
