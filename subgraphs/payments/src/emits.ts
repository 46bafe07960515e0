import { code, eventMaker, id, instant, money, publicName, timeZone, type PayloadsOf } from '@marquee/events';
import { z } from 'zod';

const paymentStatus = z.enum(['REQUIRES_ACTION', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED']);
const paymentPurpose = z.enum(['BOOKING', 'WALLET_TOP_UP', 'MEMBERSHIP', 'RECURRING']);
const paymentMethodKind = z.enum(['CARD', 'WALLET']);

const charge = {
  mandateId: id,
  customerId: id,
  purpose: z.enum(['MEMBERSHIP', 'WALLET_TOP_UP', 'GIFT']),
  amount: money,
  /** Null unless it is for a membership. */
  planName: publicName.nullable(),
  /** By whose clocks the customer is charged. */
  timeZone,
};

const dispute = { disputeId: id, paymentId: id, bookingId: id.nullable(), customerId: id, amount: money };

/** Events of payments, keyed by the payment's id; those of memberships and renewals by the mandate's. */
export const emits = {
  'payment.succeeded': z.object({
    paymentId: id,
    bookingId: id.nullable(),
    customerId: id,
    amount: money,
    purpose: paymentPurpose,
    method: paymentMethodKind,
    /** The same for every payment with one card; null or absent where it is not known. */
    cardFingerprint: code.nullish(),
  }),
  'payment.failed': z.object({
    paymentId: id,
    bookingId: id.nullable(),
    customerId: id,
    amount: money,
    purpose: paymentPurpose,
    /** Why the provider declined, such as `insufficient_funds`; null when it did not say. */
    declineCode: code.nullable(),
    titleName: publicName.optional(),
    /** The same for every payment with one card; null or absent where it is not known. */
    cardFingerprint: code.nullish(),
  }),
  'payment.status-changed': z.object({
    paymentId: id,
    bookingId: id.nullable(),
    customerId: id,
    status: paymentStatus,
  }),
  'payment.refunded': z.object({
    refundId: id,
    paymentId: id,
    bookingId: id.nullable(),
    customerId: id,
    amount: money,
    /** The method that the money went to; absent in events of former versions. */
    method: z.enum(['CARD', 'WALLET']).optional(),
    /** The part of the payment that no refund has given back; absent in events of former versions. */
    left: money.optional(),
  }),
  /** The customer's bank takes a card payment back until it is decided whose the money is. */
  'payment.disputed': z.object({ ...dispute, reason: code }),
  'payment.dispute-closed': z.object({ ...dispute, outcome: z.enum(['WON', 'LOST']) }),
  /** The provider refused a refund for good. */
  'payment.refund-failed': z.object({
    refundId: id,
    paymentId: id,
    bookingId: id.nullable(),
    customerId: id,
    amount: money,
  }),
  /** A membership as it is now. Its benefits apply while it is TRIALING, ACTIVE or PAST_DUE. */
  'payments.membership-changed': z.object({
    membershipId: id,
    customerId: id,
    planId: id,
    status: z.enum(['TRIALING', 'ACTIVE', 'PAST_DUE', 'PAUSED', 'CANCELLED', 'EXPIRED']),
    periodEnd: instant,
    freeCancellations: z.int(),
    bookingFeePercentOff: z.int(),
  }),
  'payments.renewed': z.object({ ...charge, nextChargeAt: instant }),
  /** The next try is null after the last one, when the mandate has expired. */
  'payments.renewal-failed': z.object({ ...charge, nextTryAt: instant.nullable() }),
  'payments.trial-ending': z.object({ ...charge, endsAt: instant }),
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}

export const newEvent = eventMaker(emits);
