import type { Caller, Subgraph } from '@marquee/subgraph';

import { execute, key } from './operations.ts';

const MONEY = '{ amount currency }';
const FAILURE = '__typename ... on UserError { message }';
const PLANS = `query($currency: String, $country: String) {
  result: membershipPlans(currency: $currency, country: $country) {
  id name interval price ${MONEY} country trialDays benefits { freeCancellations bookingFeePercentOff } } }`;
const CREATE_PLAN = `mutation($input: CreateMembershipPlanInput!) { result: createMembershipPlan(input: $input) {
  ${FAILURE} ... on CreateMembershipPlanPayload { plan { id name country trialDays } } } }`;
const MEMBERSHIP = `id status plan { id name } currentPeriodEnd trialEndsAt cancelAt resumesAt graceEndsAt
  nextInvoice { total ${MONEY} dueAt }`;
const PENDING = '... on PaymentPendingError { payment { id status actionUrl } }';
const DECLINED = '... on PaymentDeclinedError { declineCode }';
const SUBSCRIBE = `mutation($input: SubscribeToPlanInput!) { result: subscribeToPlan(input: $input) { ${FAILURE} ${PENDING}
  ${DECLINED} ... on SubscribeToPlanPayload { membership { ${MEMBERSHIP} } } } }`;
const CHANGE_PLAN = `mutation($input: ChangePlanInput!) { result: changePlan(input: $input) { ${FAILURE} ${PENDING} ${DECLINED}
  ... on MembershipNotChangeableError { reason }
  ... on ChangePlanPayload { membership { ${MEMBERSHIP} } proration ${MONEY} } } }`;
const CANCEL = `mutation($atPeriodEnd: Boolean!) { result: cancelMembership(atPeriodEnd: $atPeriodEnd) { ${FAILURE}
  ... on CancelMembershipPayload { membership { ${MEMBERSHIP} } } } }`;
const PAUSE = `mutation { result: pauseMembership { ${FAILURE} ... on MembershipNotChangeableError { reason }
  ... on PauseMembershipPayload { membership { ${MEMBERSHIP} } } } }`;
const RESUME = `mutation { result: resumeMembership { ${FAILURE} ... on MembershipNotChangeableError { reason }
  ... on ResumeMembershipPayload { membership { ${MEMBERSHIP} } } } }`;
const RECURRING = `id status purpose amount ${MONEY} interval nextChargeAt`;
const CREATE_RECURRING = `mutation($input: CreateRecurringPaymentInput!) { result: createRecurringPayment(input: $input) {
  ${FAILURE} ${PENDING} ${DECLINED} ... on CreateRecurringPaymentPayload { recurringPayment { ${RECURRING} } } } }`;
const CANCEL_RECURRING = `mutation($id: ID!) { result: cancelRecurringPayment(id: $id) { ${FAILURE}
  ... on CancelRecurringPaymentPayload { recurringPayment { ${RECURRING} } } } }`;
const BILLED = `query($of: [_Any!]!, $first: Int, $after: String) { result: _entities(representations: $of) { ... on User { id
  wallet { balance ${MONEY} } membership { ${MEMBERSHIP} } recurringPayments { ${RECURRING} }
  invoices(first: $first, after: $after) { edges { node { id number status country total ${MONEY} tax ${MONEY} issuedAt
    lines { description amount ${MONEY} } } } pageInfo { hasNextPage endCursor } } } } }`;

interface Amount {
  readonly amount: number;
  readonly currency: string;
}

export interface PlanResult {
  readonly id: string;
  readonly name: string;
  readonly interval: string;
  readonly price: Amount;
}

export interface MembershipResult {
  readonly id: string;
  readonly status: string;
  readonly plan: { readonly id: string };
  readonly currentPeriodEnd: string;
  readonly nextInvoice: { readonly total: Amount; readonly dueAt: string } | null;
}

export interface RecurringResult {
  readonly id: string;
  readonly status: string;
  readonly nextChargeAt: string | null;
}

export interface InvoiceResult {
  readonly number: string;
  readonly status: string;
  readonly total: Amount;
  readonly tax: Amount;
  readonly lines: readonly { readonly description: string; readonly amount: Amount }[];
}

/** The result of an operation, with the fields of every result type. */
export interface BillingResult {
  readonly __typename: string;
  readonly code?: string;
  readonly plan: PlanResult;
  readonly membership: MembershipResult;
  readonly recurringPayment: RecurringResult;
  readonly proration: Amount;
  readonly payment: { readonly id: string; readonly status: string; readonly actionUrl: string | null };
}

export interface BilledUser {
  readonly wallet: { readonly balance: Amount };
  readonly membership: MembershipResult | null;
  readonly recurringPayments: readonly RecurringResult[];
  readonly invoices: {
    readonly edges: readonly { readonly node: InvoiceResult }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

type Run = (subgraph: Subgraph, caller: Caller) => Promise<BillingResult>;

export const plans = (
  subgraph: Subgraph,
  caller: Caller,
  wanted: { readonly currency?: string; readonly country?: string } = {},
): Promise<PlanResult[]> => execute(subgraph, caller, PLANS, wanted);

export const createPlan = (subgraph: Subgraph, caller: Caller, change: object = {}): Promise<BillingResult> => {
  const price = { amount: 1_000, currency: 'EUR' };
  const input = { name: 'Plan', description: 'Films and more.', interval: 'MONTH', price, ...change };
  return execute(subgraph, caller, CREATE_PLAN, { input });
};

export const subscribe = (
  subgraph: Subgraph,
  caller: Caller,
  planId: string,
  { payWith = { cardToken: 'tok_visa' } as object, idempotencyKey = key(), ...rest }: Record<string, unknown> = {},
): Promise<BillingResult> =>
  execute(subgraph, caller, SUBSCRIBE, { input: { planId, with: payWith, idempotencyKey, ...rest } });

export const changePlan = (
  subgraph: Subgraph,
  caller: Caller,
  planId: string,
  idempotencyKey = key(),
): Promise<BillingResult> => execute(subgraph, caller, CHANGE_PLAN, { input: { planId, idempotencyKey } });

export const cancel = (subgraph: Subgraph, caller: Caller, atPeriodEnd: boolean): Promise<BillingResult> =>
  execute(subgraph, caller, CANCEL, { atPeriodEnd });

export const pause: Run = (subgraph, caller) => execute(subgraph, caller, PAUSE, {});
export const resume: Run = (subgraph, caller) => execute(subgraph, caller, RESUME, {});

export const createRecurring = (subgraph: Subgraph, caller: Caller, change: object = {}): Promise<BillingResult> => {
  const common = { purpose: 'WALLET_TOP_UP', amount: { amount: 500, currency: 'EUR' }, interval: 'MONTH' };
  const input = { ...common, with: { cardToken: 'tok_visa' }, idempotencyKey: key(), ...change };
  return execute(subgraph, caller, CREATE_RECURRING, { input });
};

export const cancelRecurring = (subgraph: Subgraph, caller: Caller, id: string): Promise<BillingResult> =>
  execute(subgraph, caller, CANCEL_RECURRING, { id });

/** A user's billing; an error when the caller may not see it. */
export async function billed(
  subgraph: Subgraph,
  caller: Caller,
  userId: string,
  page: { first?: number; after?: string } = {},
): Promise<BilledUser> {
  const of = [{ __typename: 'User', id: userId }];
  const found = await execute<BilledUser[] | BilledUser>(subgraph, caller, BILLED, { of, ...page });
  return Array.isArray(found) ? (found[0] as BilledUser) : found;
}
