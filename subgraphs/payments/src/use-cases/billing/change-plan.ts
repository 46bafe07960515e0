import type { IdempotencyRow } from '@marquee/database';
import { notFound } from '@marquee/errors';
import { type Money, sumOf } from '@marquee/money';
import { assertFreshSignIn, type RunIdempotently, type UserCaller } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import { type NewCharge, withCredit } from '../../domain/billing/charge.ts';
import { isMembership, type Membership } from '../../domain/billing/mandate.ts';
import type { MembershipPlan } from '../../domain/billing/membership-plan.ts';
import type { Mandates, MembershipPlans } from '../../domain/billing/ports.ts';
import { changePlan as planChange } from '../../domain/billing/proration.ts';
import { needsFreshSignIn } from '../../domain/fresh-sign-in.ts';
import { requireReturnUrl } from '../../domain/return-url.ts';
import { MembershipNotChangeableError, PaymentDeclinedError } from '../../errors.ts';
import { type ChargeMandateDeps, completeCharge, openCharge, resumeMandateCharge } from './charge-mandate.ts';
import { paymentError } from './first-charge.ts';

export interface ChangePlanDeps extends ChargeMandateDeps {
  readonly mandates: Pick<Mandates, 'find' | 'membershipsOf'>;
  readonly plans: Pick<MembershipPlans, 'findMany'>;
  readonly runIdempotently: RunIdempotently;
  readonly freshSignInAmount: number;
  /** Sites that customers may be sent to after a payment's page. */
  readonly returnOrigins: readonly string[];
}

export interface ChangePlanInput {
  readonly caller: UserCaller;
  readonly planId: string;
  readonly returnUrl?: string | null | undefined;
  readonly idempotencyKey: string;
}

export interface ChangedPlan {
  readonly membership: Membership;
  /** Charged, or credited where negative. */
  readonly proration: Money;
}

/**
 * Moves the customer's membership to another plan, once what that costs is paid.
 *
 * A change takes the number of the next charge, so that a renewal and a change are never charged at once.
 *
 * @throws {MembershipNotChangeableError} when its state or the plan's currency forbids it, or it is being charged
 * @throws {PaymentDeclinedError}, {PaymentPendingError}, {PaymentProviderUnavailableError} as the payment ends
 * @throws {CodedError} NOT_FOUND without the plan or a membership, FORBIDDEN when the sign-in is not fresh, and for the
 * idempotency key
 */
export async function changePlan(deps: ChangePlanDeps, input: ChangePlanInput): Promise<ChangedPlan> {
  const { caller, planId, idempotencyKey: key } = input;
  const returnUrl = requireReturnUrl(input.returnUrl, deps.returnOrigins);
  const { chargeId, replayed } = await deps.runIdempotently(
    { caller: caller.userId, operation: 'changePlan', key, body: { planId, ...(returnUrl !== null && { returnUrl }) } },
    async (record) => ({ chargeId: await openChange(deps, { ...input, returnUrl }, record), replayed: false }),
    async (id) => ({ chargeId: id, replayed: true }),
  );
  await (replayed ? resumeMandateCharge(deps, chargeId) : completeCharge(deps, chargeId));
  return outcome(deps, chargeId);
}

async function openChange(deps: ChangePlanDeps, input: ChangePlanInput, key: IdempotencyRow): Promise<string> {
  const { membership, from, to } = await findAll(deps, input);
  const createdAt = deps.now();
  const moved = planChange(membership, from, to, createdAt);
  if (typeof moved === 'string') throw new MembershipNotChangeableError(moved);
  const { lines, proration } = moved;
  const charge: NewCharge = {
    ...{ id: newId('mch'), planId: to.id, lines, createdAt },
    ...withCredit(membership, proration.amount),
  };
  const total = { amount: charge.total, currency: to.price.currency };
  if (needsFreshSignIn(total, {}, deps.freshSignInAmount)) assertFreshSignIn(input.caller, createdAt);
  const customer = { returnUrl: input.returnUrl ?? null };
  const opened = await openCharge(deps, membership, to, charge, { customer, key });
  if (opened === 'UNCHARGEABLE') throw new PaymentDeclinedError(null);
  if (opened === null) throw new MembershipNotChangeableError('RENEWAL_UNDER_WAY');
  return charge.id;
}

async function findAll(
  { mandates, plans }: ChangePlanDeps,
  { caller, planId }: ChangePlanInput,
): Promise<{ membership: Membership; from: MembershipPlan; to: MembershipPlan }> {
  const [membership] = await mandates.membershipsOf([caller.userId]);
  if (!membership) throw notFound('membership');
  const found = new Map((await plans.findMany([membership.planId, planId])).map((plan) => [plan.id, plan]));
  const [from, to] = [found.get(membership.planId), found.get(planId)];
  if (!from || !to) throw notFound('membership plan');
  return { membership, from, to };
}

async function outcome(deps: ChangePlanDeps, chargeId: string): Promise<ChangedPlan> {
  const charge = await deps.charges.find(chargeId);
  const membership = charge && (await deps.mandates.find(charge.mandateId));
  if (!membership || !isMembership(membership)) throw new Error(`Charge ${chargeId} is of no membership`);
  if (charge.status !== 'PAID' && charge.paymentId) throw await paymentError(deps, charge.paymentId);
  const amount = sumOf(charge.lines.map((line) => line.amount));
  return { membership, proration: { amount, currency: membership.price.currency } };
}
