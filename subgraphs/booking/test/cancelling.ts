import type { Caller, Subgraph } from '@marquee/subgraph';

import { type Answer, ask, key } from './operations.ts';

const CANCEL = `mutation($input: CancelBookingInput!) {
  result: cancelBooking(input: $input) { __typename ... on UserError { message }
    ... on CancelBookingPayload { refund { amount currency } booking { id status tickets { id status } price { refunded { amount } } } } } }`;
const QUOTE = `query($id: ID!, $ticketIds: [ID!]) {
  result: booking(id: $id) { quote: cancellationQuote(ticketIds: $ticketIds) {
    refund { amount } fee { amount } refundPercent refundTo validUntil } } }`;

interface Money {
  readonly amount: number;
}

export interface Quote {
  readonly refund: Money;
  readonly fee: Money;
  readonly refundPercent: number;
  readonly refundTo: string;
  readonly validUntil: string;
}

export const cancel = (
  booking: Subgraph,
  caller: Caller,
  bookingId: string,
  { idempotencyKey = key(), refundTo = 'SOURCE', ...input }: Record<string, unknown> = {},
) =>
  ask<Answer & { readonly refund: Money }>(booking, caller, CANCEL, {
    input: { bookingId, refundTo, idempotencyKey, ...input },
  });

export const quote = async (booking: Subgraph, caller: Caller, id: string, ticketIds?: readonly string[]) =>
  (await ask<{ quote: Quote | null; code?: string; field?: string }>(booking, caller, QUOTE, { id, ticketIds })) ?? {};
