import { forbidden, notFound } from '@marquee/errors';

import { hasEnded, type Mandate } from '../../domain/billing/mandate.ts';
import type { Mandates } from '../../domain/billing/ports.ts';
import { ended } from '../../domain/billing/renewal.ts';
import { RecurringPaymentEndedError } from '../../errors.ts';

export interface CancelRecurringPaymentDeps {
  readonly mandates: Pick<Mandates, 'find' | 'change'>;
  readonly now: () => Date;
}

/**
 * Cancels the customer's recurring payment. A charge that is under way still adds to the wallet.
 *
 * @throws {RecurringPaymentEndedError} when it has expired
 * @throws {CodedError} NOT_FOUND, FORBIDDEN when it belongs to another customer
 */
export async function cancelRecurringPayment(
  { mandates, now }: CancelRecurringPaymentDeps,
  { id, customerId }: { readonly id: string; readonly customerId: string },
): Promise<Mandate> {
  const mandate = await mandates.find(id);
  if (!mandate || mandate.purpose === 'MEMBERSHIP') throw notFound('recurring payment');
  if (mandate.customerId !== customerId) throw forbidden('This recurring payment belongs to another customer.');
  if (mandate.status === 'EXPIRED') throw new RecurringPaymentEndedError();
  if (hasEnded(mandate)) return mandate;
  const changed = await mandates.change(mandate, ended('CANCELLED', now()), null);
  return changed ?? cancelRecurringPayment({ mandates, now }, { id, customerId });
}
