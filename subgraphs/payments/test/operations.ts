import { randomUUID } from 'node:crypto';
import type { Caller, Subgraph } from '@marquee/subgraph';

const FAILURE = '__typename ... on UserError { message }';
/** A payment as its customer and support see it. */
export const VISIBLE = 'id status method amount { amount currency } createdAt booking { id }';
const PAYMENT = `${VISIBLE} actionUrl`;
const DECLINED = '... on PaymentDeclinedError { declineCode }';
const WALLET = 'balance { amount currency } balances { amount currency }';

const PAY = `mutation($input: PayBookingInput!) { result: payBooking(input: $input) { ${FAILURE} ${DECLINED}
  ... on PayBookingPayload { payment { ${PAYMENT} } } ... on BookingNotPayableError { reason }
  ... on InsufficientWalletBalanceError { balance { amount currency } } } }`;
const SAVE = `mutation($input: SavePaymentMethodInput!) { result: savePaymentMethod(input: $input) { ${FAILURE}
  ... on CardRejectedError { declineCode }
  ... on SavePaymentMethodPayload { paymentMethod { id brand last4 expiryMonth expiryYear default } } } }`;
const SET_DEFAULT = `mutation($id: ID!) { result: setDefaultPaymentMethod(id: $id) { ${FAILURE}
  ... on SetDefaultPaymentMethodPayload { paymentMethod { id default } } } }`;
const REMOVE = `mutation($id: ID!) { result: removePaymentMethod(id: $id) { ${FAILURE}
  ... on RemovePaymentMethodPayload { removedPaymentMethodId } } }`;
const TOP_UP = `mutation($input: TopUpWalletInput!) { result: topUpWallet(input: $input) { ${FAILURE} ${DECLINED}
  ... on TopUpWalletPayload { wallet { ${WALLET} } payment { ${PAYMENT} } } } }`;
const paymentsWith = (fields: string): string =>
  `query($of: [_Any!]!) { result: _entities(representations: $of) { ... on Payment { ${fields} } } }`;
const REFUND = `mutation($input: RefundPaymentInput!) { result: refundPayment(input: $input) { ${FAILURE}
  ... on RefundPaymentPayload { refund { id status amount { amount currency } createdAt } }
  ... on PaymentNotRefundableError { refundable { amount currency } } } }`;
const PAYMENT_BY_ID = `query($id: ID!) { result: payment(id: $id) { ${VISIBLE} refunded { amount currency }
  refunds { id status amount { amount currency } } } }`;
const REVIEW = 'id kind status failure decisions { outcome reason decidedBy { id } }';
const DECIDE = `mutation($input: DecidePaymentReviewInput!) { result: decidePaymentReview(input: $input) { ${FAILURE}
  ... on DecidePaymentReviewPayload { review { ${REVIEW} } } } }`;
const REVIEWS = `query($status: PaymentReviewStatus) { result: paymentReviews(status: $status, first: 100) {
  edges { node { ${REVIEW} ours { status } theirs { status amount { amount } } payment { id } } } } }`;
const OF_BOOKINGS = `query($of: [_Any!]!) { result: _entities(representations: $of) { ... on Booking { id payments { ${VISIBLE} } } } }`;
const USERS = `query($of: [_Any!]!, $first: Int, $after: String) { result: _entities(representations: $of) { ... on User { id
  paymentMethods { id brand last4 expiryMonth expiryYear default expired }
  wallet { ${WALLET} transactions(first: $first, after: $after) {
    edges { cursor node { id type amount { amount currency } balanceAfter { amount currency } createdAt booking { id } } }
    pageInfo { hasNextPage endCursor } } } } } }`;
export const FOLLOW = 'subscription($id: ID!) { paymentStatusChanged(paymentId: $id) { payment { id status } } }';

/** The result of an operation, with the fields of every result type. */
export interface Result {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly declineCode?: string | null;
  readonly payment: PaymentResult;
  readonly paymentMethod: CardResult;
  readonly removedPaymentMethodId: string;
  readonly refund: RefundResult;
  readonly review: ReviewResult;
  readonly refundable?: { readonly amount: number };
  readonly wallet: { readonly balance: object; readonly balances: readonly object[] };
}

export interface ReviewResult {
  readonly id: string;
  readonly status: string;
}

export interface RefundResult {
  readonly id: string;
  readonly status: string;
  readonly amount: { readonly amount: number; readonly currency: string };
}

export interface PaymentResult {
  readonly id: string;
  readonly status: string;
  readonly method: string;
  readonly amount: { readonly amount: number; readonly currency: string };
  readonly actionUrl: string | null;
}

export interface CardResult {
  readonly id: string;
  readonly default: boolean;
  readonly expired: boolean;
}

export interface UserResult {
  readonly id: string;
  readonly paymentMethods: readonly CardResult[];
  readonly wallet: {
    readonly balance: object;
    readonly balances: readonly object[];
    readonly transactions: {
      readonly edges: readonly { readonly cursor: string; readonly node: Readonly<Record<string, unknown>> }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

/** Executes an operation. @returns its one field, or its first error with its extensions */
export async function execute<T>(
  subgraph: Subgraph,
  caller: Caller,
  query: string,
  variables: Record<string, unknown>,
): Promise<T> {
  const { data, errors } = await subgraph.execute({ query, variables, caller });
  const [error] = errors ?? [];
  if (error) return { __typename: 'Error', message: error.message, ...error.extensions } as T;
  return (data as { result: T }).result;
}

export const key = (): string => randomUUID();

export const pay = (
  subgraph: Subgraph,
  caller: Caller,
  bookingId: string,
  payWith: object = { cardToken: 'tok_visa' },
  idempotencyKey = key(),
  more: { readonly returnUrl?: string } = {},
): Promise<Result> => execute(subgraph, caller, PAY, { input: { bookingId, with: payWith, idempotencyKey, ...more } });

export const saveCard = (
  subgraph: Subgraph,
  caller: Caller,
  cardToken: string,
  makeDefault?: boolean,
): Promise<Result> =>
  execute(subgraph, caller, SAVE, { input: { cardToken, ...(makeDefault !== undefined && { makeDefault }) } });

export const setDefaultCard = (subgraph: Subgraph, caller: Caller, id: string): Promise<Result> =>
  execute(subgraph, caller, SET_DEFAULT, { id });

export const removeCard = (subgraph: Subgraph, caller: Caller, id: string): Promise<Result> =>
  execute(subgraph, caller, REMOVE, { id });

export const topUp = (
  subgraph: Subgraph,
  caller: Caller,
  amount: number,
  { currency = 'EUR', payWith = { cardToken: 'tok_visa' } as object, idempotencyKey = key() } = {},
): Promise<Result> =>
  execute(subgraph, caller, TOP_UP, { input: { amount: { amount, currency }, with: payWith, idempotencyKey } });

export const refund = (
  subgraph: Subgraph,
  caller: Caller,
  paymentId: string,
  { amount, currency = 'EUR', reason = 'Goodwill', idempotencyKey = key() }: RefundOptions = {},
): Promise<Result> => {
  const input = { paymentId, reason, idempotencyKey, ...(amount !== undefined && { amount: { amount, currency } }) };
  return execute(subgraph, caller, REFUND, { input });
};

export interface RefundOptions {
  readonly amount?: number;
  readonly currency?: string;
  readonly reason?: string;
  readonly idempotencyKey?: string;
}

export const decideReview = (
  subgraph: Subgraph,
  caller: Caller,
  reviewId: string | undefined,
  { outcome = 'REFUND', reason = 'Twice', idempotencyKey = key() } = {},
): Promise<Result> => execute(subgraph, caller, DECIDE, { input: { reviewId, outcome, reason, idempotencyKey } });

export const reviewsOf = (
  subgraph: Subgraph,
  caller: Caller,
  status: string,
): Promise<{ edges: { node: ReviewResult }[] }> => execute(subgraph, caller, REVIEWS, { status });

export const paymentById = (
  subgraph: Subgraph,
  caller: Caller,
  id: string,
): Promise<PaymentResult & { refunded: object; refunds: RefundResult[] }> =>
  execute(subgraph, caller, PAYMENT_BY_ID, { id });

/** A payment resolved as an entity; an error when the caller may not see it. */
export async function paymentAs(
  subgraph: Subgraph,
  caller: Caller,
  id: string,
  fields = PAYMENT,
): Promise<PaymentResult> {
  const of = [{ __typename: 'Payment', id }];
  const found = await execute<PaymentResult[]>(subgraph, caller, paymentsWith(fields), { of });
  return Array.isArray(found) ? (found[0] as PaymentResult) : (found as PaymentResult);
}

export const paymentsOf = (
  subgraph: Subgraph,
  caller: Caller,
  ...bookingIds: string[]
): Promise<{ id: string; payments: PaymentResult[] }[]> =>
  execute(subgraph, caller, OF_BOOKINGS, { of: bookingIds.map((id) => ({ __typename: 'Booking', id })) });

export const users = (
  subgraph: Subgraph,
  caller: Caller,
  userIds: readonly string[],
  page: { first?: number; after?: string } = {},
): Promise<UserResult[]> =>
  execute(subgraph, caller, USERS, { of: userIds.map((id) => ({ __typename: 'User', id })), ...page });

export async function user(subgraph: Subgraph, caller: Caller & { userId: string }, page = {}): Promise<UserResult> {
  const [found] = await users(subgraph, caller, [caller.userId], page);
  if (!found) throw new Error('no user');
  return found;
}
