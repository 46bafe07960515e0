import { appendToOutbox } from '@marquee/events';

import type { Mandate } from '../../domain/billing/mandate.ts';
import type { MembershipPlan } from '../../domain/billing/membership-plan.ts';
import type { MandateChange } from '../../domain/billing/renewal.ts';
import type { Transaction } from '../transaction.ts';
import { membershipChanged } from './billing-events.ts';
import { changedColumns, toMandate } from './mandate-rows.ts';

/**
 * Changes a mandate that is still as it was read.
 *
 * @param plan the membership's plan afterwards, where others are to know of the change
 * @returns the mandate afterwards; null when somebody else has changed it meanwhile
 */
export async function changeMandate(
  tx: Transaction,
  { id, version }: Mandate,
  change: MandateChange,
  plan: MembershipPlan | null,
): Promise<Mandate | null> {
  const data = { ...changedColumns(change), version: { increment: 1 } };
  const [row] = await tx.mandate.updateManyAndReturn({ where: { id, version }, data });
  if (!row) return null;
  const changed = toMandate(row);
  if (plan) await appendToOutbox(tx, membershipChanged(changed, plan));
  return changed;
}
