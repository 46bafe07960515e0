import { badInput, notFound } from '@marquee/errors';
import { assertFreshSignIn, type RunIdempotently, type UserCaller } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import { dueAt, isTimeZone } from '../../domain/billing/calendar.ts';
import { isMembership, type Membership, newMandate, type NewMandate } from '../../domain/billing/mandate.ts';
import type { MembershipPlan } from '../../domain/billing/membership-plan.ts';
import { trialReminderAt } from '../../domain/billing/membership-changes.ts';
import type { MandateCharges, Mandates, MembershipPlans } from '../../domain/billing/ports.ts';
import { needsFreshSignIn } from '../../domain/fresh-sign-in.ts';
import { BUSY_MS } from '../../domain/payment.ts';
import type { PayWith } from '../../domain/payment-instrument.ts';
import { requireReturnUrl } from '../../domain/return-url.ts';
import { MembershipExistsError, PaymentPendingError } from '../../errors.ts';
import { assertMayTryCard, type MayTryCardDeps } from '../assert-may-try-card.ts';
import { collectFirstCharge, type FirstChargeDeps, type RequestedMandate } from './first-charge.ts';
import { mandateInstrument, type MandateInstrumentDeps } from './mandate-instrument.ts';

export interface SubscribeToPlanDeps extends FirstChargeDeps, Omit<MandateInstrumentDeps, 'cards' | 'provider'> {
  readonly payments: FirstChargeDeps['payments'] & MayTryCardDeps['payments'];
  readonly cards: FirstChargeDeps['cards'] & MandateInstrumentDeps['cards'];
  readonly mandates: Pick<
    Mandates,
    'find' | 'assertNew' | 'create' | 'membershipsOf' | 'unpaidMembershipOf' | 'hadTrial'
  >;
  readonly charges: Pick<MandateCharges, 'open' | 'find' | 'latestOf'>;
  readonly plans: Pick<MembershipPlans, 'findMany'>;
  readonly runIdempotently: RunIdempotently;
  readonly freshSignInAmount: number;
  /** Sites that customers may be sent to after a payment's page. */
  readonly returnOrigins: readonly string[];
}

export interface SubscribeToPlanInput {
  readonly caller: UserCaller;
  readonly planId: string;
  readonly with: PayWith;
  readonly timeZone?: string | null | undefined;
  readonly returnUrl?: string | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * Subscribes a customer to a plan: at once, with a trial where they had none before, else once the first charge succeeds.
 *
 * A customer has one membership and one trial: unique indexes decide races.
 *
 * @throws {MembershipExistsError} when the customer has a membership
 * @throws {UserError} as {@link collectFirstCharge} and {@link mandateInstrument} do
 * @throws {CodedError} NOT_FOUND, FORBIDDEN when the sign-in is not fresh, BAD_USER_INPUT, and for the idempotency key
 */
export async function subscribeToPlan(deps: SubscribeToPlanDeps, input: SubscribeToPlanInput): Promise<Membership> {
  const { caller, planId, timeZone, idempotencyKey } = input;
  const returnUrl = requireReturnUrl(input.returnUrl, deps.returnOrigins);
  const body = { planId, timeZone, with: input.with, ...(returnUrl !== null && { returnUrl }) };
  const requested = await deps.runIdempotently(
    { caller: caller.userId, operation: 'subscribeToPlan', key: idempotencyKey, body },
    async (record): Promise<RequestedMandate> => {
      // Before a card is stored: what a repeat did there could not be undone.
      await deps.mandates.assertNew(record);
      const plan = await findPlan(deps, planId);
      const zone = requireTimeZone(timeZone);
      await assertNoMembership(deps, caller.userId);
      if (needsFreshSignIn(plan.price, input.with, deps.freshSignInAmount)) assertFreshSignIn(caller, deps.now());
      if (input.with.wallet !== true) await assertMayTryCard(deps, caller.userId);
      const instrument = await mandateInstrument(deps, caller, input.with);
      const withTrial = plan.trialDays > 0 && !(await deps.mandates.hadTrial(caller.userId));
      const create = (trial: boolean) =>
        deps.mandates.create(newMembership(caller.userId, plan, zone, instrument, trial, deps.now()), plan, record);
      const first = await create(withTrial);
      const mandate = first === 'TRIAL_USED' ? await create(false) : first;
      if (typeof mandate === 'string') throw new MembershipExistsError();
      return { mandate, plan };
    },
    async (id) => ({ mandate: await deps.mandates.find(id), plan: await findPlan(deps, planId) }),
  );
  const begun = await collectFirstCharge(deps, requested, { returnUrl });
  if (!isMembership(begun)) throw new Error(`Mandate ${begun.id} is no membership`);
  return begun;
}

async function assertNoMembership(deps: SubscribeToPlanDeps, customerId: string): Promise<void> {
  const [existing] = await deps.mandates.membershipsOf([customerId]);
  if (existing) throw new MembershipExistsError();
  const unpaid = await deps.mandates.unpaidMembershipOf(customerId);
  const charge = unpaid && (await deps.charges.latestOf(unpaid.id));
  const payment = charge?.paymentId ? await deps.payments.find(charge.paymentId) : null;
  if (payment) throw new PaymentPendingError(payment);
  if (unpaid) throw new MembershipExistsError();
}

function newMembership(
  customerId: string,
  plan: MembershipPlan,
  timeZone: string,
  instrument: Pick<NewMandate, 'method' | 'paymentMethodId'>,
  trial: boolean,
  now: Date,
): NewMandate {
  const { id: planId, price, interval, trialDays } = plan;
  const anchor = trial ? dueAt({ anchor: now, interval: 'DAY', timeZone }, trialDays) : now;
  const schedule = { anchor, interval, timeZone };
  const terms = { id: newId('mbr'), customerId, purpose: 'MEMBERSHIP', ...instrument, price, schedule } as const;
  const common = { ...newMandate(terms, now), planId, periodStart: now };
  if (!trial) return { ...common, periodEnd: dueAt(schedule, 1), nextActionAt: new Date(now.getTime() + BUSY_MS) };
  const reminder = { nextActionAt: trialReminderAt(anchor, now) };
  return { ...common, ...reminder, status: 'ACTIVE', trialEndsAt: anchor, periodEnd: anchor };
}

async function findPlan({ plans }: Pick<SubscribeToPlanDeps, 'plans'>, id: string): Promise<MembershipPlan> {
  const [plan] = await plans.findMany([id]);
  if (!plan) throw notFound('membership plan');
  return plan;
}

/** @throws {CodedError} BAD_USER_INPUT */
export function requireTimeZone(timeZone: string | null | undefined): string {
  if (timeZone === null || timeZone === undefined) return 'UTC';
  if (isTimeZone(timeZone)) return timeZone;
  throw badInput('input.timeZone', 'Enter an IANA time zone, such as Europe/London.');
}
