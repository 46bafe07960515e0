import { z } from 'zod';

import { id, money, paymentMethodKind, paymentPurpose, paymentStatus } from './values.ts';

/** What payments tells; keyed by the payment's id. */
export const paymentsEvents = {
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
    declineCode: z.string().nullable(),
    titleName: z.string().optional(),
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
