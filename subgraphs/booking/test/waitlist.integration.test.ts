import { ANONYMOUS, type Caller, customerQueue, newCityId, newId, type UserCaller } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { beforeAll, expect, test } from 'vitest';

import { HoldRepository } from '../src/adapters/holds.ts';
import { ShowRepository } from '../src/adapters/shows.ts';
import { WaitlistRepository } from '../src/adapters/waitlist.ts';
import { priceSeats, subtotalOf } from '../src/domain/price-seats.ts';

import { type BookingHarness, customer, inDays, openBooking, scheduledShow } from './harness.ts';
import { type Answer, ask, book, hold, holdBest, release } from './operations.ts';

const ENTRY = 'entry { id status position partySize hold { id status seats { id } } }';
const JOIN = `mutation($input: JoinWaitlistInput!) { result: joinWaitlist(input: $input) {
  __typename ... on JoinWaitlistPayload { ${ENTRY} } ... on UserError { message } } }`;
const LEAVE = `mutation($id: ID!) { result: leaveWaitlist(entryId: $id) {
  __typename ... on LeaveWaitlistPayload { ${ENTRY} } ... on UserError { message } } }`;

const OF_PERSON = `query($ids: [_Any!]!) { result: _entities(representations: $ids) {
  ... on User { waitlistEntries { id status position hold { status } } } } }`;

interface Joined {
  readonly __typename: string;
  readonly entry: { readonly id: string; readonly status: string; readonly hold: { readonly id: string } | null };
}

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking({ rateLimits: false });
  await openBooking({ rateLimits: false, databaseUrl: harness.databaseUrl });
});

const join = (who: Caller, showId: string, partySize = 1, more: object = {}): Promise<Joined> =>
  ask(harness.subgraph, who, JOIN, { input: { showId, partySize, ...more } });
const leave = (who: Caller, id: string): Promise<Joined> => ask(harness.subgraph, who, LEAVE, { id });

/** A show whose seats are all held, each by somebody else. */
async function soldOut({ perRow = 5, ...more }: { perRow?: number; startsAt?: string } = {}) {
  const show = await scheduledShow(harness, { perRow, ...more });
  const numbers = Array.from({ length: perRow }, (_, index) => index + 1);
  const holds = ['A', 'B'].flatMap((row) => numbers.map((number) => show.seat(row, number)));
  const held = await Promise.all(
    holds.map(async (seat) => {
      const who = customer();
      const { hold: made } = await hold(harness.subgraph, who, show.showId, [seat]);
      return { seat, free: () => release(harness.subgraph, who, made.id) };
    }),
  );
  return { ...show, held };
}

async function waiting(showId: string, sizes: readonly number[]) {
  const parties: { who: UserCaller; id: string }[] = [];
  for (const size of sizes) {
    const who = customer();
    parties.push({ who, id: (await join(who, showId, size)).entry.id });
  }
  return parties;
}

/** The parties that were offered seats, by their place in the order of coming. */
async function offered(showId: string): Promise<number[]> {
  const entries = await harness.database.waitlistEntry.findMany({ where: { showId }, orderBy: { arrival: 'asc' } });
  return entries.flatMap(({ status }, index) => (status === 'OFFERED' ? [index] : []));
}

test('ten seats that come free go to the first ten of twenty who wait, and none to a passer-by', async () => {
  const { showId, held } = await soldOut();
  await waiting(
    showId,
    Array.from({ length: 20 }, () => 1),
  );
  const passers: string[] = [];
  for (const { seat, free } of held) {
    await free();
    const answers = await Promise.all([
      hold(harness.subgraph, customer(), showId, [seat]),
      holdBest(harness.subgraph, customer(), showId, 1),
    ]);
    passers.push(...answers.map(({ __typename }) => __typename));
  }
  expect(new Set(passers)).toEqual(new Set(['SeatUnavailableError', 'NotEnoughSeatsError']));
  await eventually(async () => expect(await offered(showId)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
});

test('control: when nobody waits, passers-by get the seats', async () => {
  const { showId, held } = await soldOut();
  const { who, id } = (await waiting(showId, [1]))[0] ?? { who: customer(), id: '' };
  expect(await leave(who, id)).toMatchObject({ entry: { status: 'LEFT', position: null } });
  await held[0]?.free();
  const got = await hold(harness.subgraph, customer(), showId, [held[0]?.seat ?? '']);
  expect(got).toMatchObject({ __typename: 'HoldSeatsPayload' });
});

test('seats are kept for a party that came first until it fits, and offered to it together', async () => {
  const { showId, held } = await soldOut();
  const [family] = await waiting(showId, [3, 1]);
  await held[0]?.free();
  await held[1]?.free();
  // The job has looked at the two seats when it has served the party of another show.
  const other = await soldOut();
  await waiting(other.showId, [1]);
  await other.held[0]?.free();
  await eventually(async () => expect(await offered(other.showId)).toEqual([0]));
  expect(await offered(showId)).toEqual([]);
  await held[2]?.free();
  await eventually(async () => expect(await offered(showId)).toEqual([0]));
  const entry = await join(family?.who ?? ANONYMOUS, showId, 3);
  expect(entry).toMatchObject({ entry: { id: family?.id, status: 'OFFERED', hold: { status: 'ACTIVE' } } });
});

test('a party that does not fit keeps the seats of its price tier alone', async () => {
  const { showId, held } = await soldOut();
  const [stalls, balcony] = [`${showId}_t1`, `${showId}_t2`];
  await join(customer(), showId, 3, { tierId: stalls });
  await join(customer(), showId, 1, { tierId: stalls });
  await join(customer(), showId, 1, { tierId: balcony });
  await Promise.all([held[0]?.free(), held[9]?.free()]);
  await eventually(async () => expect(await offered(showId)).toEqual([2]));
});

test('in the last day a party that fits passes one that does not', async () => {
  const { showId, held } = await soldOut({ startsAt: inDays(0.5) });
  await waiting(showId, [3, 1]);
  await held[0]?.free();
  await eventually(async () => expect(await offered(showId)).toEqual([1]));
});

test('an offer that is not taken goes to the next, and one that is paid ends as a purchase', async () => {
  const { showId, held } = await soldOut();
  const [first, next] = await waiting(showId, [1, 1]);
  await held[0]?.free();
  await eventually(async () => expect(await offered(showId)).toEqual([0]));
  const { entry } = await join(first?.who ?? ANONYMOUS, showId);
  await harness.database.seatHold.updateMany({ where: { id: entry.hold?.id ?? '' }, data: { expiresAt: new Date() } });
  await harness.database.seatClaim.updateMany({
    where: { holdId: entry.hold?.id ?? '' },
    data: { expiresAt: new Date() },
  });
  await eventually(async () => expect(await offered(showId)).toContain(1));
  expect(await leave(first?.who ?? ANONYMOUS, entry.id)).toMatchObject({ __typename: 'WaitlistEndedError' });
  const who = next?.who ?? customer();
  const { entry: theirs } = await join(who, showId);
  const { booking } = await book(harness.subgraph, who, theirs.hold?.id ?? '');
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  const query = `mutation($id: ID!) { result: leaveWaitlist(entryId: $id) { __typename } }`;
  expect(await ask(harness.subgraph, who, query, { id: theirs.id })).toMatchObject({
    __typename: 'WaitlistEndedError',
  });
  expect(await join(who, showId)).toMatchObject({ entry: { status: 'WAITING' } });
});

test('a customer waits once, also when they join many times at once, and leaving releases what was offered', async () => {
  const { showId, held } = await soldOut();
  const who = customer();
  const joined = await Promise.all(Array.from({ length: 10 }, () => join(who, showId)));
  expect(new Set(joined.map(({ entry }) => entry.id)).size).toBe(1);
  expect(await join(who, showId, 2)).toMatchObject({ __typename: 'AlreadyWaitingError' });
  await held[0]?.free();
  await eventually(async () => expect(await offered(showId)).toEqual([0]));
  expect(await leave(who, joined[0]?.entry.id ?? '')).toMatchObject({
    entry: { status: 'LEFT', hold: { status: 'RELEASED' } },
  });
});

/** Holds a seat each for a party, as four jobs that offer it seats at once. @returns how many holds it then has of any job */
async function offerAtOnce({ isParty }: { isParty: boolean }): Promise<number> {
  const { showId, layoutSeat } = await scheduledShow(harness);
  const [show] = await new ShowRepository(harness.database).findMany([showId]);
  if (!show) throw new Error('no show');
  const buyer = { customerId: newId('usr'), emailVerified: true, signedInAt: null };
  const entry = { ...buyer, id: newCityId('lon', 'wle'), show, partySize: 1, tierId: null, maxSeats: 30 };
  // The customer waits where nobody sees it, so that the seats are not kept from the control.
  if (isParty) await new WaitlistRepository(harness.database).join(entry);
  const layout = await new ShowRepository(harness.database).layout(show);
  const queue = customerQueue({ rateLimits: false, instruments: {} }, 'seat_claims');
  const holds = new HoldRepository(harness.database, queue);
  const made = [1, 2, 3, 4].map(async (number) => {
    const seats = priceSeats(show, layout, [layoutSeat('A', number)]);
    const idempotency = { caller: buyer.customerId, operation: 'offerSeats', key: newId('key'), requestHash: 'x' };
    return holds.claim({
      ...{ ...buyer, ...(isParty && { offerTo: entry.id }), show, seats, subtotal: subtotalOf(seats), idempotency },
      ...{ id: newCityId('lon', 'hld'), replacesOwn: false, holdSeconds: 600, unpaidSeconds: 1_800 },
      ...{ maxSeats: 10, maxUnpaidSeats: 30 },
    });
  });
  await Promise.all(made);
  return harness.database.seatHold.count({ where: { customerId: buyer.customerId } });
}

test('a party is offered seats once, also by several jobs in the same moment', async () => {
  expect(await offerAtOnce({ isParty: true })).toBe(1);
});

test('control: where no party is locked, each job holds its seats', async () => {
  expect(await offerAtOnce({ isParty: false })).toBe(4);
});

/** Offers a seat to the first of two parties, and then lets both its time run out and the party buy it. */
async function buyWhileExpiring(end: (holdId: string, buy: () => Promise<Answer>) => Promise<Answer>) {
  const { showId, held } = await soldOut({ perRow: 1 });
  const [first] = await waiting(showId, [1, 1]);
  await held[0]?.free();
  await eventually(async () => expect(await offered(showId)).toContain(0));
  const who = first?.who ?? customer();
  const holdId = (await join(who, showId)).entry.hold?.id ?? '';
  const { __typename } = await end(holdId, () => book(harness.subgraph, who, holdId));
  return { showId, isBought: __typename === 'CreateBookingPayload' };
}

const expireHold = (id: string) => harness.database.$executeRaw`
  WITH hold AS (UPDATE seat_holds SET expires_at = now() WHERE id = ${id} AND status = 'ACTIVE' RETURNING id)
  UPDATE seat_claims SET expires_at = now() FROM hold WHERE hold_id = hold.id AND state = 'HELD'`;

test('of an offer that is bought in the moment of its end either the purchase counts, or the next party is offered the seat', async () => {
  const races = await Promise.all(
    Array.from({ length: 4 }, () =>
      buyWhileExpiring(async (id, buy) => (await Promise.all([buy(), expireHold(id)]))[0]),
    ),
  );
  for (const { showId, isBought } of races) {
    await eventually(async () => expect((await offered(showId)).includes(1)).toBe(!isBought));
    const bookings = await harness.database.booking.count({ where: { showId } });
    expect(bookings).toBe(isBought ? 1 : 0);
  }
});

test('control: a purchase that comes after the end gets nothing, one before it is not ended', async () => {
  const late = await buyWhileExpiring(async (id, buy) => {
    await expireHold(id);
    return buy();
  });
  expect(late.isBought).toBe(false);
  await eventually(async () => expect(await offered(late.showId)).toContain(1));
  const early = await buyWhileExpiring(async (id, buy) => {
    const bought = await buy();
    await expireHold(id);
    return bought;
  });
  expect(early.isBought).toBe(true);
});

test('nobody waits for more seats in all shows than may be held unpaid', async () => {
  const { showId } = await soldOut();
  const who = customer();
  const entry = { cityCode: 'lon', customerId: who.userId, partySize: 10, emailVerified: true };
  const elsewhere = ['1', '2', '3'].map((show) => ({
    ...entry,
    id: `lon_wle_${show}${who.userId}`,
    showId: `lon_shw_${show}`,
  }));
  await harness.database.waitlistEntry.createMany({ data: elsewhere });
  expect(await join(who, showId)).toMatchObject({
    __typename: 'SeatLimitExceededError',
    message: expect.stringContaining('wait for 30'),
  });
  await leave(who, elsewhere[0]?.id ?? '');
  expect(await join(who, showId)).toMatchObject({ entry: { status: 'WAITING' } });
});

test('whoever waited for a show that has begun or is cancelled may wait for others again', async () => {
  const shows = [await soldOut(), await soldOut(), await soldOut(), await soldOut()];
  const [first, second, third, next] = shows.map(({ showId }) => showId) as [string, string, string, string];
  const who = customer();
  for (const showId of [first, second, third]) expect(await join(who, showId, 10)).toHaveProperty('entry');
  expect(await join(who, next)).toMatchObject({ __typename: 'SeatLimitExceededError' });
  await harness.database.$executeRaw`UPDATE shows SET starts_at = now() WHERE id = ANY (${[first, second]})`;
  await harness.deliver('catalog.show-cancelled', { showId: third, cityCode: 'lon', reason: 'Rain' });
  await new WaitlistRepository(harness.database).deleteOver();
  expect(await join(who, next, 10)).toMatchObject({ entry: { status: 'WAITING' } });
  const waits = await harness.database.waitlistEntry.count({ where: { customerId: who.userId } });
  expect(waits).toBe(1);
});

test('a person finds the waitlists of coming shows again after a reload, and nobody else’s', async () => {
  const { showId, held } = await soldOut();
  const [first, next] = await waiting(showId, [1, 1]);
  await held[0]?.free();
  await eventually(async () => expect(await offered(showId)).toEqual([0]));
  const found = async (party: typeof first, caller: Caller = party?.who ?? ANONYMOUS) =>
    ask<{ waitlistEntries: object[] }[]>(harness.subgraph, caller, OF_PERSON, {
      ids: [{ __typename: 'User', id: party?.who.userId }],
    });
  const offer = { id: first?.id, status: 'OFFERED', position: null, hold: { status: 'ACTIVE' } };
  expect(await found(first)).toMatchObject([{ waitlistEntries: [offer] }]);
  const place = { id: next?.id, status: 'WAITING', position: 1, hold: null };
  expect(await found(next)).toMatchObject([{ waitlistEntries: [place] }]);
  expect(await found(next, first?.who)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await found(next, ANONYMOUS)).toMatchObject({ code: 'UNAUTHENTICATED' });
  await leave(first?.who ?? ANONYMOUS, first?.id ?? '');
  expect(await found(first)).toEqual([{ waitlistEntries: [] }]);
  await harness.database.$executeRaw`UPDATE shows SET starts_at = now() WHERE id = ${showId}`;
  expect(await found(next)).toEqual([{ waitlistEntries: [] }]);
});

test('nobody waits for seats that are there, for another tier’s, without an account, or in another’s name', async () => {
  const show = await scheduledShow(harness);
  expect(await join(customer(), show.showId)).toMatchObject({ __typename: 'SeatsAvailableError' });
  expect(await join(customer(), show.showId, 99)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.partySize' });
  expect(await join(customer(), show.showId, 1, { tierId: 'lon_shw_1_t1' })).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(await join(ANONYMOUS, show.showId)).toMatchObject({ code: 'UNAUTHENTICATED' });
  const { showId } = await soldOut();
  const ofTier = { tierId: `${showId}_t2` };
  expect(await join(customer(), showId, 6, ofTier)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.partySize' });
  expect(await join(customer(), showId, 5, ofTier)).toMatchObject({ entry: { status: 'WAITING' } });
  const [party] = await waiting(showId, [1]);
  expect(await leave(customer(), party?.id ?? '')).toMatchObject({ code: 'FORBIDDEN' });
  expect(await leave(customer(), 'lon_wle_unknown')).toMatchObject({ code: 'NOT_FOUND' });
});

test('an erased customer waits for nothing; the others move up', async () => {
  const { showId } = await soldOut({ perRow: 1 });
  const [first, second] = await waiting(showId, [1, 1]);
  if (!first || !second) throw new Error('nobody waits');
  const { userId } = first.who;
  await harness.deliver('account.erased', { userId });
  await harness.deliver('account.erased', { userId });
  expect(await harness.database.waitlistEntry.count({ where: { customerId: userId } })).toBe(0);
  const ids = [{ __typename: 'User', id: second.who.userId }];
  expect(await ask(harness.subgraph, second.who, OF_PERSON, { ids })).toMatchObject([
    { waitlistEntries: [{ status: 'WAITING', position: 1 }] },
  ]);
});
