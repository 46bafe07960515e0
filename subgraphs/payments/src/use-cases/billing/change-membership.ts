import { notFound } from '@marquee/errors';

import { isMembership, type Membership } from '../../domain/billing/mandate.ts';
import type { MembershipPlan } from '../../domain/billing/membership-plan.ts';
import { cancelled, type MembershipRefusal, paused, resumed } from '../../domain/billing/membership-changes.ts';
import type { MandateCharges, Mandates, MembershipPlans } from '../../domain/billing/ports.ts';
import { hasEnded, type Mandate } from '../../domain/billing/mandate.ts';
import type { MandateChange } from '../../domain/billing/renewal.ts';
import { MembershipNotChangeableError } from '../../errors.ts';
import { endMembership, type SettleChargeDeps } from './settle-charge.ts';

export interface ChangeMembershipDeps extends Pick<SettleChargeDeps, 'inBilling' | 'provider' | 'now'> {
  readonly mandates: Pick<Mandates, 'membershipsOf' | 'unpaidMembershipOf' | 'change'>;
  readonly charges: Pick<MandateCharges, 'hasOpen'>;
  readonly plans: Pick<MembershipPlans, 'findMany'>;
}

/** Attempts when the membership changes meanwhile. */
const MAX_ATTEMPTS = 5;

/**
 * Cancels the customer's membership, now or at the end of what is paid or free. Nothing is refunded of a running period;
 * a charge under way is, once it has succeeded.
 *
 * @throws {CodedError} NOT_FOUND without a membership
 */
export async function cancelMembership(
  deps: ChangeMembershipDeps,
  { customerId, atPeriodEnd }: { readonly customerId: string; readonly atPeriodEnd: boolean },
): Promise<Membership> {
  return changing(deps, customerId, async (membership, plan) => {
    const change = cancelled(membership, atPeriodEnd, deps.now());
    if (!change.status || !hasEnded({ status: change.status })) return deps.mandates.change(membership, change, plan);
    return deps.inBilling((writes) => endMembership(deps, writes, membership, plan));
  });
}

/**
 * Pauses the customer's membership, for three months at most.
 *
 * @throws {MembershipNotChangeableError} unless it is active and paid
 * @throws {CodedError} NOT_FOUND without a membership
 */
export function pauseMembership(deps: ChangeMembershipDeps, customerId: string): Promise<Membership> {
  return changing(deps, customerId, (membership, plan) => apply(deps, membership, plan, paused));
}

/**
 * Ends a pause, or takes back a cancellation at the period's end.
 *
 * @throws {MembershipNotChangeableError} when there is neither
 * @throws {CodedError} NOT_FOUND without a membership
 */
export function resumeMembership(deps: ChangeMembershipDeps, customerId: string): Promise<Membership> {
  return changing(deps, customerId, (membership, plan) => apply(deps, membership, plan, resumed));
}

async function apply(
  { mandates, charges, now }: ChangeMembershipDeps,
  membership: Membership,
  plan: MembershipPlan,
  transition: (membership: Membership, now: Date) => MandateChange | MembershipRefusal,
): Promise<Mandate | null> {
  // Asked after the membership was read: a charge that is opened later changes its version.
  if (await charges.hasOpen(membership.id)) throw new MembershipNotChangeableError('RENEWAL_UNDER_WAY');
  const change = transition(membership, now());
  if (typeof change === 'string') throw new MembershipNotChangeableError(change);
  return mandates.change(membership, change, plan);
}

/** Decides on the membership as it is, again whenever somebody else has changed it meanwhile. */
async function changing(
  deps: ChangeMembershipDeps,
  customerId: string,
  work: (membership: Membership, plan: MembershipPlan) => Promise<Mandate | null>,
): Promise<Membership> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const [begun] = await deps.mandates.membershipsOf([customerId]);
    const membership = begun ?? (await deps.mandates.unpaidMembershipOf(customerId));
    if (!membership || !isMembership(membership)) throw notFound('membership');
    const [plan] = await deps.plans.findMany([membership.planId]);
    if (!plan) throw new Error(`There is no plan ${membership.planId}`);
    const changed = await work(membership, plan);
    if (changed && isMembership(changed)) return changed;
  }
  throw new MembershipNotChangeableError('RENEWAL_UNDER_WAY');
}
