import type { Caller, Subgraph } from '@marquee/subgraph';

import { execute } from './operations.ts';

const MONEY = '{ amount currency }';
const PLANS = `query($currency: String) { result: membershipPlans(currency: $currency) {
  id name interval price ${MONEY} country trialDays benefits { freeCancellations bookingFeePercentOff } } }`;
const CREATE_PLAN = `mutation($input: CreateMembershipPlanInput!) { result: createMembershipPlan(input: $input) {
  __typename ... on UserError { message } ... on CreateMembershipPlanPayload { plan { id name country trialDays } } } }`;

export interface PlanResult {
  readonly id: string;
  readonly name: string;
  readonly interval: string;
  readonly price: { readonly amount: number; readonly currency: string };
}

export interface BillingResult {
  readonly __typename: string;
  readonly code?: string;
  readonly plan: PlanResult;
}

export const plans = (subgraph: Subgraph, caller: Caller, currency?: string): Promise<PlanResult[]> =>
  execute(subgraph, caller, PLANS, { currency });

export const createPlan = (subgraph: Subgraph, caller: Caller, change: object = {}): Promise<BillingResult> => {
  const price = { amount: 1_000, currency: 'EUR' };
  const input = { name: 'Plan', description: 'Films and more.', interval: 'MONTH', price, ...change };
  return execute(subgraph, caller, CREATE_PLAN, { input });
};
