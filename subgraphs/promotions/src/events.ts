import type { EventHandlers, PayloadOf } from '@marquee/events';

import { type Attendance, InvitationRepository } from './adapters/invitations.ts';
import { UsedCouponRepository } from './adapters/used-coupons.ts';
import type { Deps } from './deps.ts';
import { parseCode } from './domain/coupon-code.ts';
import { deservesReward } from './domain/reward.ts';
import { stepsOf } from './domain/use-course.ts';

/** Follows bookings with a coupon, and people who were invited. */
export function handlers({ rewardReversalDays }: Pick<Deps, 'rewardReversalDays'>): EventHandlers {
  return {
    'booking.coupon-changed': { many: (events, tx) => new UsedCouponRepository(tx).take(stepsOf(events)) },
    'account.registered': async ({ payload: { userId, referralCode } }, tx) => {
      const code = referralCode === undefined ? null : parseCode(referralCode);
      if (code !== null) await new InvitationRepository(tx).accept(userId, code);
    },
    'booking.ticket-checked-in': {
      many: async (events, tx) => {
        const attended = events.flatMap(({ payload }) => attendanceOf(payload));
        if (attended.length > 0) await new InvitationRepository(tx).attend(attended);
      },
    },
    'payment.refunded': {
      many: async (events, tx) => {
        const returned = events.filter(({ payload: { bookingId, left } }) => bookingId !== null && left?.amount === 0);
        if (returned.length === 0) return;
        const payments = returned.map(({ payload: { customerId, paymentId } }) => ({ customerId, paymentId }));
        await new InvitationRepository(tx).refund(payments, rewardReversalDays);
      },
    },
    'payment.dispute-closed': async ({ payload: { bookingId, customerId, paymentId, outcome } }, tx) => {
      if (bookingId === null || outcome !== 'LOST') return;
      await new InvitationRepository(tx).refund([{ customerId, paymentId }], rewardReversalDays);
    },
    'account.status-changed': async ({ payload: { userId, status } }, tx) => {
      const invitations = new InvitationRepository(tx);
      if (status === 'SUSPENDED') await invitations.suspend(userId, rewardReversalDays);
      else await invitations.reinstate(userId);
    },
  };
}

/** The visit of a booking's own customer, when it cost enough and its payments are known; none otherwise. */
function attendanceOf(checkIn: PayloadOf<'booking.ticket-checked-in'>): Attendance[] {
  const { bookingId, customerId, holderId, total, paid = total, paymentIds = [], organisationId = null } = checkIn;
  if (bookingId === undefined || customerId !== holderId || paymentIds.length === 0) return [];
  if (paid === undefined || !deservesReward(paid)) return [];
  return [{ customerId, bookingId, paid: paid.amount, currency: paid.currency, paymentIds, organisationId }];
}
