import { code, eventMaker, id, money, publicName, type PayloadsOf } from '@marquee/events';
import { z } from 'zod';

const paymentStatus = z.enum(['REQUIRES_ACTION', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED']);
const paymentPurpose = z.enum(['BOOKING', 'WALLET_TOP_UP']);
const paymentMethodKind = z.enum(['CARD', 'WALLET']);

/** Events of payments, keyed by the payment's id. */
export const emits = {
  'payment.succeeded': z.object({
    paymentId: id,
    bookingId: id.nullable(),
    customerId: id,
    amount: money,
    purpose: paymentPurpose,
    method: paymentMethodKind,
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
  }),
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}

export const newEvent = eventMaker(emits);
