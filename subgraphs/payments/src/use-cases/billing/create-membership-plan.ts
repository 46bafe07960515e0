import type { Money } from '@marquee/money';
import { newId } from '@marquee/subgraph/ids';

import type { BillingInterval } from '../../domain/billing/calendar.ts';
import type { MembershipPlan } from '../../domain/billing/membership-plan.ts';
import { planFields } from '../../domain/billing/plan-fields.ts';
import type { MembershipPlans } from '../../domain/billing/ports.ts';
import { MembershipPlanExistsError } from '../../errors.ts';

export interface CreateMembershipPlanDeps {
  readonly plans: Pick<MembershipPlans, 'create'>;
  readonly defaultCountry: string;
  readonly now: () => Date;
}

export interface CreateMembershipPlanInput {
  readonly createdBy: string;
  readonly name: string;
  readonly description: string;
  readonly interval: BillingInterval;
  readonly price: Money;
  readonly country?: string | null | undefined;
  readonly trialDays?: number | null | undefined;
  readonly freeCancellations?: number | null | undefined;
  readonly bookingFeePercentOff?: number | null | undefined;
}

/**
 * Adds a membership plan, open to customers at once.
 *
 * @throws {MembershipPlanExistsError} when there is a plan of this name, interval, price and country
 * @throws {CodedError} BAD_USER_INPUT naming the field
 */
export async function createMembershipPlan(
  { plans, defaultCountry, now }: CreateMembershipPlanDeps,
  input: CreateMembershipPlanInput,
): Promise<MembershipPlan> {
  const plan = await plans.create({
    id: newId('mpl'),
    name: planFields.name(input.name),
    description: planFields.description(input.description),
    interval: input.interval,
    price: planFields.price(input.price),
    country: planFields.country(input.country ?? defaultCountry),
    trialDays: planFields.trialDays(input.trialDays),
    benefits: {
      freeCancellations: planFields.freeCancellations(input.freeCancellations),
      bookingFeePercentOff: planFields.bookingFeePercentOff(input.bookingFeePercentOff),
    },
    createdBy: input.createdBy,
    createdAt: now(),
  });
  if (plan === 'EXISTS') throw new MembershipPlanExistsError();
  return plan;
}
