import type { Log } from '@marquee/telemetry';

import { INTERNAL_DECLINE_CODES, type Payment } from '../domain/payment.ts';
import type { DueWork } from '../domain/ports.ts';
import { recordCharge, submitCharge, type SubmitChargeDeps } from './charge-card.ts';
import { failPayment } from './settle-payment.ts';

export interface ReconcilePaymentsDeps extends SubmitChargeDeps {
  readonly dueWork: Pick<DueWork, 'claimPayments'>;
  readonly now: () => Date;
  readonly log: Pick<Log, 'error'>;
}

const BATCH_SIZE = 50;

/**
 * Settles live payments by asking the provider: the request died, the answer or webhook was lost, or the customer did
 * not act in time. One that cannot be settled is logged; a later run tries again.
 *
 * @param dueBy a time in the future also takes over payments whose request is still busy
 */
export async function reconcilePayments(deps: ReconcilePaymentsDeps, dueBy: Date): Promise<void> {
  const due = await deps.dueWork.claimPayments(dueBy, deps.now(), BATCH_SIZE);
  const report = (paymentId: string) => (err: unknown) =>
    deps.log.error({ err, paymentId }, 'reconciling a payment failed');
  await Promise.all(due.map((payment) => reconcilePayment(deps, payment).catch(report(payment.id))));
}

async function reconcilePayment(deps: ReconcilePaymentsDeps, payment: Payment): Promise<Payment> {
  const charge = await deps.provider.findCharge(payment.id);
  const overdue = payment.deadline <= deps.now();
  if (!charge) return overdue ? expire(deps, payment) : submitCharge(deps, payment);
  const cancel = overdue && charge.status === 'REQUIRES_ACTION';
  return recordCharge(deps, cancel ? await deps.provider.cancelCharge(charge.id) : charge, payment);
}

/** Fails an overdue payment, unless the request that created it may be about to charge it. */
async function expire(deps: ReconcilePaymentsDeps, payment: Payment): Promise<Payment> {
  if (payment.busyUntil !== null && payment.busyUntil > deps.now()) return payment;
  return failPayment(deps, payment.id, INTERNAL_DECLINE_CODES.expired);
}
