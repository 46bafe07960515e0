import type { PrismaClient } from '@marquee/prisma-booking';
import { ANONYMOUS, type Caller, type UserCaller } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { WaitlistChangeRepository } from '../src/adapters/waitlist-changes.ts';
import { WaitlistRepository } from '../src/adapters/waitlist.ts';
import { type BookingHarness, customer, openBooking, scheduledShow } from './harness.ts';
import { ask, book, hold, release } from './operations.ts';

const JOIN = `mutation($input: JoinWaitlistInput!) { result: joinWaitlist(input: $input) {
  ... on JoinWaitlistPayload { entry { id } } } }`;
const LEAVE = 'mutation($id: ID!) { result: leaveWaitlist(entryId: $id) { __typename } }';
const CHANGED = `subscription($id: ID!) { waitlistChanged(entryId: $id) {
  entry { id status position hold { id status expiresAt } } } }`;

interface Entry {
  readonly status: string;
  readonly position: number | null;
  readonly hold: { readonly id: string; readonly status: string; readonly expiresAt: string } | null;
}

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking({ rateLimits: false });
});

/** A show of two seats, held by somebody else, and people who wait for one each. */
async function waitedFor(people: number) {
  const { showId, seat } = await scheduledShow(harness, { perRow: 1 });
  const other = customer();
  const seats = [seat('A', 1), seat('B', 1)];
  const { hold: held } = await hold(harness.subgraph, other, showId, seats);
  const parties: { who: UserCaller; id: string }[] = [];
  for (let n = 0; n < people; n += 1) {
    const who = customer();
    const input = { showId, partySize: 1 };
    const { entry } = await ask<{ entry: { id: string } }>(harness.subgraph, who, JOIN, { input });
    parties.push({ who, id: entry.id });
  }
  return { showId, parties, free: () => release(harness.subgraph, other, held.id) };
}

async function follow({ who, id }: { readonly who: Caller; readonly id: string }) {
  const stream = await harness.subgraph.subscribe({ query: CHANGED, variables: { id }, caller: who });
  if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream.errors));
  const next = async (): Promise<Entry | null | undefined> => {
    for (;;) {
      const { value } = await stream.next();
      if (value?.data) return (value.data['waitlistChanged'] as { entry: Entry | null }).entry;
    }
  };
  /** The first event that the entry matches; those before it are of earlier moments. */
  const until = async (status: string): Promise<Entry> => {
    for (;;) {
      const entry = await next();
      if (entry?.status === status) return entry;
    }
  };
  return { next, until, end: () => stream.return?.() };
}

const leave = ({ who, id }: { who: Caller; id: string }) => ask(harness.subgraph, who, LEAVE, { id });
const two = async () => {
  const { parties, ...show } = await waitedFor(2);
  return { ...show, first: parties[0] as (typeof parties)[0], second: parties[1] as (typeof parties)[0] };
};

test('whoever waits learns their place as it is, and that they moved up when somebody before them leaves', async () => {
  const { first, second } = await two();
  const changes = await follow(second);
  expect(await changes.next()).toMatchObject({ status: 'WAITING', position: 2, hold: null });
  await leave(first);
  expect(await changes.next()).toMatchObject({ status: 'WAITING', position: 1 });
  await changes.end();
});

test('an offer, its deadline and its end are pushed, and the next is told of theirs', async () => {
  const { free, first, second } = await two();
  const [changes, others] = await Promise.all([follow(first), follow(second)]);
  await free();
  const offer = await changes.until('OFFERED');
  expect(offer).toMatchObject({ position: null, hold: { status: 'ACTIVE', expiresAt: expect.any(String) } });
  const id = offer.hold?.id ?? '';
  await harness.database.seatHold.updateMany({ where: { id }, data: { expiresAt: new Date() } });
  expect(await changes.until('OFFER_EXPIRED')).toMatchObject({ position: null });
  expect(await others.until('OFFERED')).toMatchObject({ position: null });
  await Promise.all([changes.end(), others.end()]);
});

test('an offer that is paid ends as a purchase', async () => {
  const { free, first } = await two();
  const changes = await follow(first);
  await free();
  const offer = await changes.until('OFFERED');
  const { booking } = await book(harness.subgraph, first.who, offer.hold?.id ?? '');
  await harness.pay({ bookingId: booking.id, customerId: first.who.userId, amount: booking.price.total });
  expect(await changes.until('PURCHASED')).toMatchObject({ hold: { status: 'CONSUMED' } });
  await changes.end();
});

test('an entry ends with its show', async () => {
  const { showId, second } = await two();
  const changes = await follow(second);
  expect(await changes.next()).toMatchObject({ position: 2 });
  await harness.database.$executeRaw`UPDATE shows SET starts_at = now() WHERE id = ${showId}`;
  await new WaitlistRepository(harness.database).deleteOver();
  expect(await changes.next()).toBeNull();
  await changes.end();
});

test('an event has the changes of its version, whoever of many leaves in the same moment', async () => {
  const { showId, parties } = await waitedFor(12);
  const last = parties.at(-1) as (typeof parties)[0];
  const reader = new WaitlistChangeRepository(harness.database);
  const seen = new Map<number, number | null | undefined>();
  const readUntilFirst = async (): Promise<void> => {
    const { version, entry } = await reader.read({ id: last.id, showId });
    seen.set(version, entry?.position);
    if (entry?.position !== 1) await readUntilFirst();
  };
  const reading = readUntilFirst();
  await Promise.all(parties.slice(0, -1).map(leave));
  await reading;
  const { version } = await harness.database.waitlist.findFirstOrThrow({ where: { showId } });
  expect(version).toBe(12);
  for (const [at, position] of seen) expect(position).toBe(13 - at);
});

test('all who wait for a show are read by one statement', async () => {
  const { showId, parties } = await waitedFor(5);
  let statements = 0;
  const $queryRaw = (...query: Parameters<PrismaClient['$queryRaw']>) => {
    statements += 1;
    return harness.database.$queryRaw(...query);
  };
  const reader = new WaitlistChangeRepository({ $queryRaw } as unknown as PrismaClient);
  const changes = await Promise.all(parties.map(({ id }) => reader.read({ id, showId })));
  expect(changes.map(({ entry }) => entry?.position)).toEqual([1, 2, 3, 4, 5]);
  expect(statements).toBe(1);
});

test('nobody follows an entry of somebody else, or one that does not exist', async () => {
  const { first, second } = await two();
  await expect(follow({ ...first, who: second.who })).rejects.toThrow('FORBIDDEN');
  await expect(follow({ ...first, who: ANONYMOUS })).rejects.toThrow('UNAUTHENTICATED');
  await expect(follow({ ...first, id: 'lon_wle_unknown' })).rejects.toThrow('NOT_FOUND');
});
