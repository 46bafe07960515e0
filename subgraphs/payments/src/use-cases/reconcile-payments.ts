import { charge, type ChargeCardDeps, takeDown } from './charge-card.ts';
import { OWN_DECLINE_CODES, type Payment } from '../domain/payment.ts';
import type { ProviderCharge } from '../domain/payment-provider.ts';
import type { Payments } from '../domain/ports.ts';
import { failPayment } from './settle-payment.ts';

export interface ReconcilePaymentsDeps extends Omit<ChargeCardDeps, 'payments'> {
  readonly payments: Pick<Payments, 'claimDue'>;
  readonly now: () => Date;
  /** Told of a payment that could not be reconciled; it comes up again. */
  readonly onError: (paymentId: string, error: unknown) => void;
}

const AT_ONCE = 50;

/**
 * Brings live payments to their end by asking the provider: those whose request died after the charge, whose answer
 * never came, whose webhook was lost, or whose customer did not act in time.
 *
 * @param dueBy payments whose next look is due by then; later than now to look before others' requests time out
 * @returns how many were looked at
 */
export async function reconcilePayments(deps: ReconcilePaymentsDeps, dueBy: Date): Promise<number> {
  const due = await deps.payments.claimDue(dueBy, deps.now(), AT_ONCE);
  await Promise.all(
    due.map((payment) => reconcilePayment(deps, payment).catch((error: unknown) => deps.onError(payment.id, error))),
  );
  return due.length;
}

async function reconcilePayment(deps: ReconcilePaymentsDeps, payment: Payment): Promise<Payment> {
  const found = await deps.provider.findCharge(payment.id);
  const overdue = payment.deadline <= deps.now();
  if (!found) return overdue ? giveUpUncharged(deps, payment) : charge(deps, payment);
  return takeDown(deps, await endedInTime(deps, found, overdue));
}

/** A charge that still waits for its customer after the deadline is given up, if the provider still can. */
async function endedInTime(
  { provider }: ReconcilePaymentsDeps,
  found: ProviderCharge,
  overdue: boolean,
): Promise<ProviderCharge> {
  return overdue && found.status === 'REQUIRES_ACTION' ? provider.cancelCharge(found.id) : found;
}

async function giveUpUncharged(deps: ReconcilePaymentsDeps, payment: Payment): Promise<Payment> {
  // The request that began it may be about to charge: its own time must be over too.
  if (payment.busyUntil !== null && payment.busyUntil > deps.now()) return payment;
  return deps.atomically((tx) => failPayment(tx, payment.id, OWN_DECLINE_CODES.expired));
}
