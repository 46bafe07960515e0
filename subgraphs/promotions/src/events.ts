import type { EventHandlers, PayloadOf } from '@marquee/events';

import { type Attendance, InvitationRepository } from './adapters/invitations.ts';
import { UsedCouponRepository } from './adapters/used-coupons.ts';
import type { Deps } from './deps.ts';
import { parseCode } from './domain/coupon-code.ts';
import { leastPaid } from './domain/reward.ts';
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
        const reduced = events.flatMap(({ payload: { bookingId, customerId, paymentId, left } }) =>
          bookingId === null || left === undefined ? [] : [{ customerId, paymentId, left: left.amount }],
        );
        if (reduced.length > 0) await new InvitationRepository(tx).refund(reduced, rewardReversalDays);
      },
    },
    'payment.dispute-closed': async ({ payload: { bookingId, customerId, paymentId, outcome } }, tx) => {
      if (bookingId === null || outcome !== 'LOST') return;
      await new InvitationRepository(tx).refund([{ customerId, paymentId, left: 0 }], rewardReversalDays);
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
  if (bookingId === undefined || customerId !== holderId || paymentIds.length === 0 || paid === undefined) return [];
  const { amount, currency } = paid;
  const needed = leastPaid(currency);
  if (needed === null || amount < needed) return [];
  // Each of the payments of an event of before may have paid all of it.
  const payments = checkIn.payments ?? paymentIds.map((paymentId) => ({ paymentId, amount }));
  const paidBy = Object.fromEntries(payments.map((payment) => [payment.paymentId, payment.amount]));
  return [{ customerId, bookingId, paid: amount, currency, needed, paidBy, organisationId }];
}
