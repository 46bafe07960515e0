import { forbidden, notFound } from '@marquee/errors';

import type { Payment } from './domain/payment.ts';

/** Who looks: a person, with or without the right to see others' payments. */
export interface Viewer {
  readonly userId: string | null;
  readonly seesAll: boolean;
}

/**
 * The payments of a booking, if the viewer may see them.
 *
 * @throws {CodedError} FORBIDDEN when one of them is somebody else's
 */
export function visiblePayments(viewer: Viewer, payments: readonly Payment[]): readonly Payment[] {
  const allTheirs = payments.every(({ customerId }) => customerId === viewer.userId);
  if (!allTheirs && !viewer.seesAll) throw forbidden('These payments belong to somebody else.');
  return payments;
}

/**
 * A payment that its customer may follow: nobody else may, whatever they may see.
 *
 * @throws {CodedError} NOT_FOUND, FORBIDDEN
 */
export function ownPayment(viewer: Viewer, payment: Payment | null): Payment {
  if (!payment) throw notFound('payment');
  if (payment.customerId !== viewer.userId) throw forbidden('This payment belongs to somebody else.');
  return payment;
}
