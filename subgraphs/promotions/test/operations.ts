import { type Caller, newId } from '@marquee/subgraph';

import type { Sale } from '../src/domain/sale.ts';
import type { PromotionsHarness } from './harness.ts';
import { user } from './harness.ts';

const COUPON = `coupon { id code kind percentOff amountOff { amount currency } status reservedCount redeemedCount redemptionLimit
  spent { amount } titleIds cityIds organisation { id } startsAt endsAt }`;
const CREATE = `mutation($input: CreateCouponInput!) { result: createCoupon(input: $input) {
  __typename ... on CreateCouponPayload { ${COUPON} } ... on UserError { message } } }`;
const DISABLE = `mutation($couponId: ID!) { result: disableCoupon(couponId: $couponId) {
  __typename ... on DisableCouponPayload { ${COUPON} } ... on UserError { message } } }`;
const CHECK = `query($holdId: ID!, $code: String!) { result: checkCoupon(holdId: $holdId, code: $code) { __typename
  ... on CouponQuote { code discount { amount currency } totalAfterDiscount { amount } }
  ... on CouponRejectedError { message reason } } }`;
const READ = `query($id: ID!) { result: coupon(id: $id) { id code status organisation { id } } }`;
const LIST = `query($first: Int, $after: String, $activeOnly: Boolean, $organisationId: ID) {
  result: coupons(first: $first, after: $after, activeOnly: $activeOnly, organisationId: $organisationId) {
    edges { node { id code status redeemedCount } } pageInfo { hasNextPage endCursor } } }`;
const RESERVE = `mutation($input: ReserveCouponInput!) { result: reserveCoupon(input: $input) { __typename
  ... on ReserveCouponPayload { couponId code discount { amount currency } bookBy fundedBy }
  ... on CouponRejectedError { message reason } } }`;

/** The answer to an operation; `__typename` or `code` says which fields it has. */
export interface Answer {
  readonly __typename?: string;
  readonly code?: string;
  readonly field?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly couponId?: string;
  readonly discount?: { readonly amount: number };
  readonly coupon?: { readonly id: string; readonly code: string; readonly status: string };
  readonly edges?: readonly { readonly node: { readonly code: string; readonly status: string } }[];
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string };
}

export const admin = user('usr_admin', ['coupons:write']);
const booking: Caller = { kind: 'service', name: 'booking' };

/** The operations that clients and booking send to promotions. */
export function operationsOf({ execute }: Pick<PromotionsHarness, 'execute'>) {
  const ask = async (caller: Caller, query: string, variables: object): Promise<Answer> => {
    const { data, errors } = await execute(query, caller, variables as Record<string, unknown>);
    if (errors?.[0]) return { message: errors[0].message, ...errors[0].extensions };
    return (data as { result: Answer }).result;
  };
  const create = (fields: object = {}, caller: Caller = admin) => ask(caller, CREATE, { input: terms(fields) });
  return {
    create,
    /** Creates a coupon of the marketplace. @returns it */
    made: async (fields: object = {}) => {
      const { coupon, ...refused } = await create(fields);
      if (!coupon) throw new Error(JSON.stringify(refused));
      return coupon;
    },
    disable: (couponId: string, caller: Caller = admin) => ask(caller, DISABLE, { couponId }),
    check: (caller: Caller, holdId: string, code: string) => ask(caller, CHECK, { holdId, code }),
    read: (id: string, caller: Caller = admin) => ask(caller, READ, { id }),
    list: (args: object = {}, caller: Caller = admin) => ask(caller, LIST, args),
    reserve: (code: string, sale: Sale, caller: Caller = booking) => {
      const { holdId, customerId, titleId, cityId, organisationId, subtotal, discountable, isFirstBooking } = sale;
      const input = {
        code,
        holdId,
        customerId,
        titleId,
        cityId,
        organisationId,
        subtotal,
        discountable,
        isFirstBooking,
      };
      return ask(caller, RESERVE, { input });
    },
  };
}

export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** A new coupon of a tenth off, with a code of its own. */
function terms(fields: object): object {
  const code = newId('cou').slice(-30);
  return { code, kind: 'PERCENT', percentOff: 10, startsAt: inDays(-1), endsAt: inDays(1), ...fields };
}
