import { ANONYMOUS, type Caller, type UserCaller } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';

import { type BookingHarness, customer, inDays, lockWaits, openBooking, scheduledShow } from './harness.ts';
import { ask, hold, holdBest, key } from './operations.ts';

const ADMISSION = '{ status position estimatedWaitSeconds admissionToken }';
const ENTER = `mutation($id: ID!) { result: enterWaitingRoom(showId: $id) { admission ${ADMISSION} } }`;
const CHANGED = `subscription($id: ID!) { waitingRoomChanged(showId: $id) ${ADMISSION} }`;
/** One a minute; in all processes the same secret. */
const settings = { admissionsPerMinute: 1, ticketSecret: 'x'.repeat(32) };

interface Admission {
  readonly status: string;
  readonly position: number | null;
  readonly admissionToken: string | null;
}

let harness: BookingHarness;
let second: BookingHarness;
beforeAll(async () => {
  harness = await openBooking({ settings, rateLimits: false });
  second = await openBooking({ settings, rateLimits: false, start: false, databaseUrl: harness.databaseUrl });
});

const enter = async (who: Caller, id: string, at = harness): Promise<Admission> => {
  const answer = await ask<{ admission: Admission }>(at.subgraph, who, ENTER, { id });
  return answer.admission ?? answer;
};

const highDemand = (more: object = {}) => scheduledShow(harness, { highDemand: true, ...more });
const crowd = (count: number): UserCaller[] => Array.from({ length: count }, () => customer());
const open = (id: string) => harness.database.show.updateMany({ where: { id }, data: { salesOpenAt: new Date() } });
const placesOf = (showId: string, at = harness) =>
  at.database.waitingRoomPlace.findMany({ where: { showId }, orderBy: { turnAt: 'asc' } });

async function listen(id: string, caller: Caller) {
  const stream = await harness.subgraph.subscribe({ query: CHANGED, variables: { id }, caller });
  if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream.errors));
  const next = async () => (await stream.next()).value?.data?.['waitingRoomChanged'] as Admission;
  return { next, end: () => stream.return?.() };
}

test('those who come before the opening are admitted in the order of a seed that is drawn then, unverified addresses last', async () => {
  const { showId } = await highDemand({ salesOpenAt: inDays(1) });
  const early = crowd(12);
  const unverified = { ...customer(), emailVerified: false };
  for (const who of [unverified, ...early]) {
    expect(await enter(who, showId)).toMatchObject({ status: 'WAITING', position: null });
  }
  await open(showId);
  const late = await enter(customer(), showId);
  expect(late).toMatchObject({ status: 'WAITING', position: 13 });
  const { seed } = await harness.database.waitingRoom.findFirstOrThrow({ where: { showId } });
  const drawn = (id: string) =>
    createHash('sha256')
      .update(seed ?? '')
      .update(id)
      .digest('hex');
  const expected = early.map(({ userId }) => userId).toSorted((a, b) => (drawn(a) < drawn(b) ? -1 : 1));
  const order = (await placesOf(showId)).map(({ customerId }) => customerId);
  expect(order.slice(0, 13)).toEqual([...expected, unverified.userId]);
});

test('a bot that enters a hundred times has one place, and nobody waits longer for it', async () => {
  const { showId } = await highDemand();
  const bot = customer();
  await enter(customer(), showId);
  await Promise.all(Array.from({ length: 100 }, (_, n) => enter(bot, showId, n % 2 === 0 ? harness : second)));
  expect(await enter(customer(), showId)).toMatchObject({ position: 2 });
  expect(await placesOf(showId)).toHaveLength(3);
});

test('the waitlist leads nobody past the waiting room, also where a tier has fewer seats than a party', async () => {
  const { showId } = await highDemand();
  const [first, next] = crowd(2) as [UserCaller, UserCaller];
  const { admissionToken } = await enter(first, showId);
  await enter(next, showId);
  await holdBest(harness.subgraph, first, showId, 1, { tierId: `${showId}_t1`, admissionToken });
  const join = `mutation($input: JoinWaitlistInput!) { result: joinWaitlist(input: $input) { __typename } }`;
  const wait = (who: UserCaller) =>
    ask(harness.subgraph, who, join, { input: { showId, partySize: 6, tierId: `${showId}_t1` } });
  for (const who of [next, customer()]) expect(await wait(who)).toMatchObject({ __typename: 'AdmissionRequiredError' });
  expect(await wait(first)).toMatchObject({ __typename: 'JoinWaitlistPayload' });
});

/** The shortest time between the turns of 40 people who enter in two processes at once, in ms. */
async function shortestStep(at: BookingHarness, other: BookingHarness): Promise<number> {
  const { showId } = await scheduledShow(at, { highDemand: true });
  await Promise.all(crowd(40).map((who, n) => enter(who, showId, n % 2 === 0 ? at : other)));
  await enter(customer(), showId, at);
  const turns = (await placesOf(showId, at)).map(({ turnAt }) => turnAt?.getTime() ?? 0);
  return Math.min(...turns.slice(1).map((turn, index) => turn - (turns[index] ?? 0)));
}

test('however many enter at once, one is admitted at a time, at the set rate', async () => {
  expect(await shortestStep(harness, second)).toBeGreaterThanOrEqual(60_000);
});

/** The time between the turns of two people, of whom one enters while the other is being given a turn, in ms. */
async function stepWhileGiven(at: BookingHarness): Promise<number> {
  const { showId } = await scheduledShow(at, { highDemand: true });
  const { database } = at;
  await database.waitingRoom.create({ data: { cityCode: 'lon', showId } });
  await database.waitingRoomPlace.create({ data: { cityCode: 'lon', showId, customerId: 'usr_1', heldBack: false } });
  let entering: Promise<unknown> = Promise.resolve();
  await database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(7)::text, give_turns('lon', ${showId}, 1, '\\x00'::bytea)`;
    entering = enter(customer(), showId, at);
    await Promise.race([entering, eventually(async () => expect(await lockWaits(at)).toBe(1))]);
  });
  await entering;
  await enter(customer(), showId, at);
  const [first, next] = (await placesOf(showId, at)).map(({ turnAt }) => turnAt?.getTime() ?? 0);
  return (next ?? 0) - (first ?? 0);
}

test('control: without the lock of the room, who enters while another is given a turn is admitted with them', async () => {
  const at = await openBooking({ settings, rateLimits: false, start: false });
  expect(await stepWhileGiven(at)).toBeGreaterThanOrEqual(60_000);
  const [{ source } = { source: '' }] = await at.database.$queryRaw<{ source: string }[]>`
    SELECT pg_get_functiondef('give_turns'::regproc) AS source`;
  const unlocked = source
    .replace('FOR NO KEY UPDATE OF waiting SKIP LOCKED', '')
    .replace('step :=', 'PERFORM pg_advisory_xact_lock(7); step :=');
  await at.database.$executeRawUnsafe(unlocked);
  expect(await stepWhileGiven(at)).toBeLessThan(60_000);
});

test('seats of a show in high demand are held with the token of an admission alone, by its customer, without another statement', async () => {
  const { showId, seat } = await highDemand();
  const [first, next] = [customer(), customer()];
  const { status, admissionToken } = await enter(first, showId);
  expect(status).toBe('ADMITTED');
  expect(await enter(next, showId)).toMatchObject({ status: 'WAITING', position: 1, admissionToken: null });
  const seatIds = [seat('A', 1)];
  const withToken = (who: Caller) => holdBest(harness.subgraph, who, showId, 1, { admissionToken });
  expect(await hold(harness.subgraph, first, showId, seatIds)).toMatchObject({ __typename: 'AdmissionRequiredError' });
  expect(await withToken(next)).toMatchObject({ __typename: 'AdmissionRequiredError' });
  expect(await withToken(first)).toMatchObject({ __typename: 'HoldSeatsPayload' });
  const HOLD = 'mutation($input: HoldSeatsInput!) { result: holdSeats(input: $input) { __typename } }';
  const input = { showId, seatIds, admissionToken, idempotencyKey: key() };
  const sent = await second.statements.during(async () => {
    await second.subgraph.execute({ query: HOLD, variables: { input }, caller: customer() });
    await ask(second.subgraph, first, HOLD, { input });
  });
  expect(sent.filter((sql) => sql.includes('seat_holds'))).toHaveLength(1);
  expect(sent.filter((sql) => sql.includes('waiting_room'))).toEqual([]);
});

test('a show whose sales are not open yet sells nothing', async () => {
  const { showId, seat } = await scheduledShow(harness, { salesOpenAt: inDays(1) });
  expect(await hold(harness.subgraph, customer(), showId, [seat('A', 1)])).toMatchObject({
    __typename: 'ShowClosedError',
    message: expect.stringContaining('not on sale yet'),
  });
});

test('nobody waits for a show that is not in high demand, and nobody enters one that is over', async () => {
  const { showId } = await scheduledShow(harness);
  expect(await enter(customer(), showId)).toMatchObject({ status: 'NOT_REQUIRED', admissionToken: null });
  const over = await highDemand({ startsAt: inDays(-1) });
  expect(await enter(customer(), over.showId)).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('who lets an admission pass gets a place at the end', async () => {
  const { showId } = await highDemand();
  const [first, next] = [customer(), customer()];
  await enter(first, showId);
  await enter(next, showId);
  const where = { showId, customerId: first.userId };
  await harness.database.waitingRoomPlace.updateMany({ where, data: { turnAt: new Date(Date.now() - 3_600_000) } });
  expect(await enter(first, showId)).toMatchObject({ status: 'WAITING', position: 2 });
});

test('a client sees its place at once, and each step until it is admitted', async () => {
  const { showId } = await highDemand({ admissionsPerMinute: 60 });
  await enter(customer(), showId);
  const who = customer();
  await enter(who, showId);
  const place = await listen(showId, who);
  expect(await place.next()).toMatchObject({ status: 'WAITING', position: 1 });
  let step = await place.next();
  while (step.status === 'WAITING') step = await place.next();
  expect(step).toMatchObject({ status: 'ADMITTED', position: null, admissionToken: expect.stringMatching(/^adm_/) });
  await place.end();
});

test('nobody enters without an account, and nobody follows a place that they do not have', async () => {
  const { showId } = await highDemand();
  expect(await enter(ANONYMOUS, showId)).toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(listen(showId, ANONYMOUS)).rejects.toThrow('UNAUTHENTICATED');
  await expect(listen(showId, customer())).rejects.toThrow('NOT_FOUND');
  expect(await enter(customer(), 'lon_shw_unknown')).toMatchObject({ code: 'NOT_FOUND' });
});
