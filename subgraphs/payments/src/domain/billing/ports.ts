import type { MembershipPlan, NewMembershipPlan } from './membership-plan.ts';

export interface MembershipPlans {
  findMany(ids: readonly string[]): Promise<MembershipPlan[]>;
  /** Plans by currency and price. @param currency null for every one */
  list(currency: string | null): Promise<MembershipPlan[]>;
  /** @returns EXISTS when there is a plan of this name, interval, price and country */
  create(plan: NewMembershipPlan): Promise<MembershipPlan | 'EXISTS'>;
}
