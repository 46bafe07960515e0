import { newId, type UserCaller } from '@marquee/subgraph';
import type { PayloadOf } from '@marquee/events';
import { eventually, testDatabase } from '@marquee/testkit';
import { beforeAll, expect, test } from 'vitest';

import { type BookingHarness, customer, inDays, lockWaits, openBooking, scheduledShow } from './harness.ts';
import { ask, book, hold, holdBest, key, read, release } from './operations.ts';

type RiskLevel = PayloadOf<'activity.risk-changed'>;

const JOIN = `mutation($input: JoinWaitlistInput!) { result: joinWaitlist(input: $input) { __typename } }`;
const TRANSFER = `mutation($input: TransferTicketInput!) { result: transferTicket(input: $input) { __typename } }`;
const ENTER = `mutation($id: ID!) { result: enterWaitingRoom(showId: $id) { admission { status } } }`;

const RESTRICTED = { __typename: 'AccountRestrictedError' };
const CONFIRM_FIRST = { code: 'FORBIDDEN', reason: 'REAUTHENTICATION_REQUIRED' };
const HELD = { __typename: 'HoldSeatsPayload' };

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking({ start: false, settings: { admissionsPerMinute: 60 } });
});

const tell = (
  { userId }: Pick<UserCaller, 'userId'>,
  level: RiskLevel['level'],
  { version = 1, until = null }: Partial<RiskLevel> = {},
  at = harness,
) => at.deliver('activity.risk-changed', { userId, version, level, reasons: ['HOLDS_WITHOUT_PURCHASE'], until });

/** A sign-in that is no longer fresh. */
const stale = (who: UserCaller): UserCaller => ({ ...who, authenticatedAt: new Date(Date.now() - 20 * 60_000) });

test('a blocked person neither holds, books nor waits for seats; what they hold stays, until they release it', async () => {
  const who = customer();
  const { showId, seat } = await scheduledShow(harness, { perRow: 1 });
  const held = await hold(harness.subgraph, who, showId, [seat('A', 1)]);
  await hold(harness.subgraph, customer(), showId, [seat('B', 1)]);
  await tell(who, 'BLOCK');
  const refused = await book(harness.subgraph, who, held.hold.id);
  expect(refused).toMatchObject({ ...RESTRICTED, message: expect.stringContaining('Contact support') });
  const input = { showId, partySize: 1 };
  expect(await ask(harness.subgraph, who, JOIN, { input })).toMatchObject(RESTRICTED);
  const other = await scheduledShow(harness);
  expect(await hold(harness.subgraph, who, other.showId, [other.seat('A', 1)])).toMatchObject(RESTRICTED);
  expect(await holdBest(harness.subgraph, who, other.showId, 2)).toMatchObject(RESTRICTED);
  const kept = await harness.database.seatHold.findMany({ where: { customerId: who.userId } });
  expect(kept).toMatchObject([{ id: held.hold.id, status: 'ACTIVE' }]);
  expect(await release(harness.subgraph, who, held.hold.id)).toMatchObject({ hold: { status: 'RELEASED' } });
});

test('a blocked person does not pass tickets on; a payment that was under way still buys its seats', async () => {
  const who = customer();
  const { showId, seat } = await scheduledShow(harness);
  const held = await hold(harness.subgraph, who, showId, [seat('A', 1)]);
  const { booking } = await book(harness.subgraph, who, held.hold.id);
  await tell(who, 'BLOCK');
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  expect(await read(harness.subgraph, who, booking.id)).toMatchObject({ status: 'CONFIRMED' });
  const { id: ticketId } = await harness.database.ticket.findFirstOrThrow({ where: { bookingId: booking.id } });
  const input = { ticketId, toEmail: 'friend@example.com', idempotencyKey: key() };
  expect(await ask(harness.subgraph, who, TRANSFER, { input })).toMatchObject(RESTRICTED);
  await tell(who, 'NONE', { version: 2 });
  expect(await ask(harness.subgraph, who, TRANSFER, { input })).toMatchObject({ __typename: 'TransferTicketPayload' });
});

test('a level counts until it is over, and an older one that comes late changes nothing', async () => {
  const who = customer();
  const { showId, seat } = await scheduledShow(harness);
  const holdSeat = () => hold(harness.subgraph, who, showId, [seat('A', 1)]);
  await tell(who, 'BLOCK', { version: 2, until: inDays(1) });
  await tell(who, 'NONE', { version: 1 });
  expect(await holdSeat()).toMatchObject(RESTRICTED);
  await tell(who, 'BLOCK', { version: 3, until: inDays(-1) });
  expect(await holdSeat()).toMatchObject(HELD);
});

test('a challenged person holds seats once they have confirmed who they are, and a waitlist may offer them some', async () => {
  const who = customer();
  const { showId, seat } = await scheduledShow(harness);
  await tell(who, 'CHALLENGE');
  expect(await hold(harness.subgraph, stale(who), showId, [seat('A', 1)])).toMatchObject(CONFIRM_FIRST);
  expect(await holdBest(harness.subgraph, stale(who), showId, 1)).toMatchObject(CONFIRM_FIRST);
  const held = await hold(harness.subgraph, who, showId, [seat('A', 1)]);
  expect(held).toMatchObject(HELD);
  expect(await book(harness.subgraph, stale(who), held.hold.id)).toMatchObject({ __typename: 'CreateBookingPayload' });
  const [offer] = await harness.database.$queryRaw<
    { may: boolean }[]
  >`SELECT assert_may_buy(${who.userId}, NULL) AS may`;
  expect(offer?.may).toBe(true);
});

test('slowed people are admitted after those who came before the opening with them, and at last', async () => {
  const { showId } = await scheduledShow(harness, { highDemand: true, salesOpenAt: inDays(1) });
  const [slow, ...others] = Array.from({ length: 6 }, () => customer());
  if (!slow) throw new Error('nobody');
  for (const who of [slow, ...others]) await ask(harness.subgraph, who, ENTER, { id: showId });
  await tell(slow, 'SLOW');
  await harness.database.show.updateMany({ where: { id: showId }, data: { salesOpenAt: new Date() } });
  await ask(harness.subgraph, customer(), ENTER, { id: showId });
  const places = await harness.database.waitingRoomPlace.findMany({ where: { showId }, orderBy: { turnAt: 'asc' } });
  expect(places.map(({ customerId }) => customerId).indexOf(slow.userId)).toBe(others.length);
});

test('a slowed person who comes to an open room lets those pass who come within a minute, and nobody later', async () => {
  const { showId } = await scheduledShow(harness, { highDemand: true });
  const slow = customer();
  await tell(slow, 'SLOW');
  for (const who of [slow, customer(), customer()]) await ask(harness.subgraph, who, ENTER, { id: showId });
  const turns = await harness.database.waitingRoomPlace.findMany({ where: { showId }, orderBy: { arrival: 'asc' } });
  const [late = 0, ...passing] = turns.map(({ turnAt }) => turnAt?.getTime() ?? 0);
  for (const turn of passing) expect(turn).toBeLessThan(late);
  expect(late - Math.min(...passing)).toBeLessThanOrEqual(60_000);
});

/**
 * The holds of a person when they have just been blocked, and in the end. The level arrives while the person's claim waits
 * for a seat that another statement has locked.
 */
async function holdsAroundBlock(at: BookingHarness): Promise<{ whenBlocked: number; inTheEnd: number }> {
  const [who, before] = [customer(), customer()];
  const { showId, seat, layoutSeat } = await scheduledShow(at);
  await hold(at.subgraph, before, showId, [seat('A', 1)]);
  await at.letExpire(showId);
  const count = () => at.database.seatHold.count({ where: { customerId: who.userId } });
  const waiting = (many: number) => eventually(async () => expect(await lockWaits(at)).toBe(many));
  const started: { claim?: Promise<unknown>; block?: Promise<number> } = {};
  await at.database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM seat_claims WHERE seat_id = ${layoutSeat('A', 1)} FOR UPDATE`;
    started.claim = hold(at.subgraph, who, showId, [seat('A', 1)]);
    await waiting(1);
    started.block = tell(who, 'BLOCK', {}, at).then(count);
    await Promise.race([started.block, waiting(2).catch(() => undefined)]);
  });
  const whenBlocked = (await started.block) ?? 0;
  await started.claim;
  return { whenBlocked, inTheEnd: await count() };
}

test('once a person is blocked, no hold of theirs comes that was under way', async () => {
  expect(await holdsAroundBlock(harness)).toEqual({ whenBlocked: 1, inTheEnd: 1 });
});

test('control: a level that does not wait for the claim of its person finds a hold made after it', async () => {
  const { url } = await testDatabase('booking');
  const careless = await openBooking({ databaseUrl: url, start: false });
  await careless.database.$executeRaw`DROP TRIGGER risk_levels_await_holds ON risk_levels`;
  expect(await holdsAroundBlock(careless)).toEqual({ whenBlocked: 0, inTheEnd: 1 });
});

test('the level goes with the account', async () => {
  const who = { userId: newId('usr') };
  await tell(who, 'BLOCK');
  await harness.deliver('account.erased', { userId: who.userId });
  expect(await harness.database.riskLevel.count({ where: { userId: who.userId } })).toBe(0);
});
