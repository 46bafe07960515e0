import { randomUUID } from 'node:crypto';
import type { Caller, Subgraph } from '@marquee/subgraph';

const HOLD = 'hold { id status expiresAt seats { id row number section } total { amount currency } show { id } }';
const PRICE =
  'price { subtotal { amount } fees { amount } tax { amount } discount { amount } total { amount currency } refunded { amount } }';
const BOOKING = `booking { id status expiresAt ${PRICE} seats { id } tickets { id } timeline { type } customer { id } show { id } }`;
const FAILURE = '__typename ... on UserError { message }';
const LIMITS = '... on SeatLimitExceededError { maximum taken } ... on HoldTimeExceededError { availableAt }';

const HOLD_SEATS = `mutation($input: HoldSeatsInput!) {
  result: holdSeats(input: $input) { ${FAILURE} ... on SeatUnavailableError { seatIds } ${LIMITS} ... on HoldSeatsPayload { ${HOLD} } }
}`;
const HOLD_BEST = `mutation($input: HoldBestAvailableInput!) {
  result: holdBestAvailable(input: $input) { ${FAILURE} ... on NotEnoughSeatsError { available } ${LIMITS} ... on HoldSeatsPayload { ${HOLD} } }
}`;
const RELEASE = `mutation($holdId: ID!) { result: releaseHold(holdId: $holdId) { ${FAILURE} ... on ReleaseHoldPayload { ${HOLD} } } }`;
const CREATE = `mutation($input: CreateBookingInput!) { result: createBooking(input: $input) { ${FAILURE} ... on CreateBookingPayload { ${BOOKING} } } }`;
export const BOOKING_QUERY = `query($id: ID!) { result: booking(id: $id) { id status tickets { id status qrCode seat { id row number } } timeline { type } price { refunded { amount } } } }`;
const SHOW = `query($ids: [_Any!]!) { result: _entities(representations: $ids) { ... on Show { id maxSeatsPerCustomer
  availability { total available held sold }
  seatMap { version sections { name rows { label seats { id section row number accessible status tier { id name price { amount currency } } } } } } } } }`;

interface Money {
  readonly amount: number;
  readonly currency: string;
}

interface Hold {
  readonly id: string;
  readonly status: string;
  readonly expiresAt: string;
  readonly seats: readonly { readonly id: string }[];
}

interface BookingFields {
  readonly id: string;
  readonly status: string;
  readonly expiresAt: string;
  readonly price: { readonly total: Money };
}

/** The answer to one of the operations above; `__typename` or `code` says which fields it has. */
export interface Answer {
  readonly __typename: string;
  readonly code: string;
  readonly status: string;
  readonly availableAt?: string;
  readonly hold: Hold;
  readonly booking: BookingFields;
}

/** Executes an operation. @returns its `result` field, or the first error's message and extensions */
export async function ask<Result = Answer>(
  booking: Subgraph,
  caller: Caller,
  query: string,
  variables: Record<string, unknown>,
): Promise<Result> {
  const { data, errors } = await booking.execute({ query, variables, caller });
  if (errors?.[0]) return { message: errors[0].message, ...errors[0].extensions } as Result;
  return (data as { result: Result }).result;
}

export const key = (): string => randomUUID();

export const hold = (
  booking: Subgraph,
  caller: Caller,
  showId: string,
  seatIds: readonly string[],
  idempotencyKey = key(),
) => ask(booking, caller, HOLD_SEATS, { input: { showId, seatIds, idempotencyKey } });

export const holdBest = (booking: Subgraph, caller: Caller, showId: string, quantity: number, more: object = {}) =>
  ask(booking, caller, HOLD_BEST, { input: { showId, quantity, idempotencyKey: key(), ...more } });

export const book = (booking: Subgraph, caller: Caller, holdId: string, idempotencyKey = key()) =>
  ask(booking, caller, CREATE, { input: { holdId, idempotencyKey } });

export const release = (booking: Subgraph, caller: Caller, holdId: string) => ask(booking, caller, RELEASE, { holdId });

export const read = (booking: Subgraph, caller: Caller, id: string) => ask(booking, caller, BOOKING_QUERY, { id });

interface ShowAnswer {
  readonly maxSeatsPerCustomer: number;
  readonly availability: Readonly<Record<string, number>>;
  readonly seatMap: {
    readonly version: number;
    readonly sections: readonly {
      readonly rows: readonly { readonly seats: readonly { readonly id: string; readonly status: string }[] }[];
    }[];
  };
}

/** Reads a show's seats, their statuses by seat id, its seat map version and its availability. */
export async function seatsOf(booking: Subgraph, showId: string) {
  const ids = [{ __typename: 'Show', id: showId }];
  const [show] = await ask<ShowAnswer[]>(booking, { kind: 'anonymous' }, SHOW, { ids });
  if (!show) throw new Error('no such show');
  const seats = show.seatMap.sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
  const statuses = Object.fromEntries(seats.map(({ id, status }) => [id, status]));
  const { availability, maxSeatsPerCustomer } = show;
  return { seats, statuses, version: show.seatMap.version, availability, maxSeatsPerCustomer };
}
