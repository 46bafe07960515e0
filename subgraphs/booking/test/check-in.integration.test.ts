import type { UserCaller } from '@marquee/subgraph';
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';

import { accountsWith } from './accounts.ts';
import { type BoughtTicket, buy, otherPartner, partner, SCAN, support } from './gate.ts';
import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { ask } from './operations.ts';

const UPLOAD = `mutation($input: UploadScansInput!) { result: uploadScans(input: $input) {
  results { qrCode outcome ticket { id status } usedAt } } }`;
const LIST = `query($showId: ID!) { result: checkInList(showId: $showId) {
  publicKey publicKeys { id } generatedAt validUntil tickets { id code status } } }`;
const ADMISSIONS = `query($showId: ID!, $search: String, $first: Int, $after: String) {
  result: _entities(representations: [{ __typename: "Show", id: $showId }]) { ... on Show {
    admissions(search: $search, first: $first, after: $after) { totalCount checkedIn
      edges { node { id status seat { row number } holderName checkedInAt qrCode booking { id } } }
      pageInfo { hasNextPage endCursor } } } } }`;

interface Scanned {
  readonly __typename: string;
  readonly code?: string;
  readonly usedAt?: string;
  readonly ticket?: { readonly id: string; readonly checkedInAt: string };
}

interface Uploaded {
  readonly results: readonly { readonly outcome: string; readonly usedAt: string | null }[];
  readonly code?: string;
  readonly field?: string;
}

const alice = customer('usr_alice');
const bob = customer('usr_bob');
let harness: BookingHarness;
let show: TestShow;
let other: TestShow;

beforeAll(async () => {
  harness = await openBooking({ calls: accountsWith({ names: { usr_alice: 'Alice Zoë', usr_bob: 'Bob' } }) });
  show = await scheduledShow(harness, { perRow: 10 });
  other = await scheduledShow(harness);
});

let seats = 0;
/** Somebody buys the next seat of the show. */
async function bought(): Promise<BoughtTicket> {
  seats += 1;
  const seat = show.seat(seats > 10 ? 'B' : 'A', seats > 10 ? seats - 10 : seats);
  return (await buy(harness, customer(), show, seat)).tickets[0];
}

const scan = (qrCode: string, showId = show.showId, caller: UserCaller = partner) =>
  ask<Scanned>(harness.subgraph, caller, SCAN, { qrCode, showId });
const upload = (deviceId: string, scans: readonly { qrCode: string; at: string }[], caller: UserCaller = partner) =>
  ask<Uploaded>(harness.subgraph, caller, UPLOAD, { input: { showId: show.showId, deviceId, scans } });
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const outcomes = async (...args: Parameters<typeof upload>) =>
  (await upload(...args)).results.map(({ outcome }) => outcome);

describe('scanTicket', () => {
  test('of gates that scan a ticket in the same moment one admits, and the others say when', async () => {
    const { id, qrCode } = await bought();
    const scans = await Promise.all(Array.from({ length: 8 }, () => scan(qrCode)));
    const admitted = scans.filter(({ __typename }) => __typename === 'ScanTicketPayload');
    expect(admitted).toMatchObject([{ ticket: { id, status: 'CHECKED_IN', seat: { row: 'A', number: 1 } } }]);
    const used = scans.filter(({ __typename }) => __typename === 'TicketAlreadyUsedError');
    expect(used).toHaveLength(7);
    for (const { usedAt } of used) expect(usedAt).toEqual(admitted[0]?.ticket?.checkedInAt);
  });

  test('control: gates that look whether a ticket is used and then use it admit several people with it', async () => {
    const { id } = await bought();
    const where = { cityCode_id: { cityCode: 'lon', id } };
    const lookThenUse = async (): Promise<boolean> => {
      if ((await harness.database.ticket.findUniqueOrThrow({ where })).status !== 'ISSUED') return false;
      await harness.database.ticket.update({ where, data: { status: 'CHECKED_IN', checkedInAt: new Date() } });
      return true;
    };
    const uses = await Promise.all(Array.from({ length: 4 }, lookThenUse));
    expect(uses.filter(Boolean).length).toBeGreaterThan(1);
  });

  test('a ticket for another show, a cancelled one, an old code and a forged one admit nobody', async () => {
    const [elsewhere, cancelled, replaced] = [
      (await buy(harness, alice, other, other.seat('A', 1))).tickets[0],
      await bought(),
      await bought(),
    ];
    await harness.database.$executeRaw`UPDATE tickets SET status = 'CANCELLED' WHERE id = ${cancelled.id}`;
    await harness.database
      .$executeRaw`UPDATE tickets SET code_version = 2, code_since = now() WHERE id = ${replaced.id}`;
    expect(await scan(elsewhere.qrCode)).toMatchObject({ __typename: 'WrongShowError' });
    expect(await scan(cancelled.qrCode)).toMatchObject({ __typename: 'TicketCancelledError' });
    expect(await scan(replaced.qrCode)).toMatchObject({ __typename: 'TicketCancelledError' });
    expect(await scan(`${replaced.qrCode.slice(0, -4)}AAAA`)).toMatchObject({ __typename: 'UnknownTicketError' });
    expect(await scan('drop table tickets')).toMatchObject({ __typename: 'UnknownTicketError' });
  });

  test('nobody but the venue’s staff scans, uploads and reads the list', async () => {
    const { qrCode } = await bought();
    const admin = customer('usr_admin', ['tickets:scan', 'bookings:read']);
    for (const caller of [otherPartner, admin, alice, support]) {
      expect(await scan(qrCode, show.showId, caller)).toMatchObject({ code: 'FORBIDDEN' });
      expect(await upload('gate', [], caller)).toMatchObject({ code: 'FORBIDDEN' });
      const list = await ask(harness.subgraph, caller, LIST, { showId: show.showId });
      expect(list).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await scan(qrCode, 'lon_shw_none')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await scan(qrCode)).toMatchObject({ __typename: 'ScanTicketPayload' });
  });
});

describe('uploadScans', () => {
  test('the earliest scan of a ticket admits, whichever device uploads first, and a repeat is told the same', async () => {
    const { qrCode } = await bought();
    const [early, late] = [minutesAgo(20), minutesAgo(10)];
    expect(await outcomes('gate 2', [{ qrCode, at: late }])).toEqual(['ADMITTED']);
    const first = { outcome: 'ADMITTED', usedAt: early };
    expect((await upload('gate 1', [{ qrCode, at: early }])).results).toMatchObject([first]);
    expect((await upload('gate 1', [{ qrCode, at: early }])).results).toMatchObject([first]);
    const second = { outcome: 'ALREADY_USED', usedAt: early };
    expect((await upload('gate 2', [{ qrCode, at: late }])).results).toMatchObject([second]);
    expect(await scan(qrCode)).toMatchObject({ __typename: 'TicketAlreadyUsedError', usedAt: early });
  });

  test('each scan of an upload is told what became of it', async () => {
    const [twice, once] = [await bought(), await bought()];
    const [elsewhere] = (await buy(harness, alice, other, other.seat('A', 2))).tickets;
    await scan(once.qrCode);
    const scans = [
      { qrCode: twice.qrCode, at: minutesAgo(1) },
      { qrCode: twice.qrCode, at: minutesAgo(2) },
      { qrCode: elsewhere.qrCode, at: minutesAgo(2) },
      { qrCode: 'nonsense', at: minutesAgo(2) },
      { qrCode: once.qrCode, at: minutesAgo(-1) },
    ];
    expect(await outcomes('gate', scans)).toEqual([
      'ALREADY_USED',
      'ADMITTED',
      'WRONG_SHOW',
      'UNKNOWN',
      'ALREADY_USED',
    ]);
  });

  test('who entered before the network was back cannot pass the ticket on: the old code counts until it was replaced', async () => {
    const { id, qrCode } = await bought();
    await harness.database.$executeRaw`
      UPDATE tickets SET code_version = 2, code_since = now(), holder_id = ${bob.userId} WHERE id = ${id}`;
    expect(await outcomes('gate', [{ qrCode, at: minutesAgo(-1) }])).toEqual(['CANCELLED']);
    expect(await outcomes('gate', [{ qrCode, at: minutesAgo(5) }])).toEqual(['ADMITTED']);
    const { status } = await harness.database.ticket.findFirstOrThrow({ where: { id } });
    expect(status).toBe('CHECKED_IN');
  });

  test('devices that upload the same tickets at once agree who was first', async () => {
    const tickets = [await bought(), await bought(), await bought()];
    const scansOf = (minutes: number) => tickets.map(({ qrCode }) => ({ qrCode, at: minutesAgo(minutes) }));
    const devices = [9, 3, 7, 5].map((minutes) => ({ name: `gate ${minutes}`, scans: scansOf(minutes) }));
    await Promise.all(devices.map(({ name, scans }) => upload(name, scans.toReversed())));
    for (const { name, scans } of devices) {
      const expected = name === 'gate 9' ? 'ADMITTED' : 'ALREADY_USED';
      expect(await outcomes(name, scans)).toEqual([expected, expected, expected]);
    }
  });

  test('scans in the future, too old or too many are refused, and none of the upload is recorded', async () => {
    const { id, qrCode } = await bought();
    const good = { qrCode, at: minutesAgo(1) };
    const future = await upload('gate', [good, { qrCode, at: minutesAgo(-30) }]);
    expect(future).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.scans.1.at' });
    const old = await upload('gate', [good, { qrCode, at: minutesAgo(8 * 24 * 60) }]);
    expect(old).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.scans.1.at' });
    const many = await upload(
      'gate',
      Array.from({ length: 501 }, () => good),
    );
    expect(many).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.scans' });
    expect(await harness.database.ticket.findFirstOrThrow({ where: { id } })).toMatchObject({ status: 'ISSUED' });
  });
});

describe('a show’s lists', () => {
  test('a gate finds the hash of each valid code in the list, and no code', async () => {
    const hall = await scheduledShow(harness);
    const { tickets } = await buy(harness, bob, hall, hall.seat('A', 1), hall.seat('A', 2), hall.seat('A', 3));
    const [used, cancelled, valid] = tickets as [BoughtTicket, BoughtTicket, BoughtTicket];
    await scan(used.qrCode, hall.showId);
    await harness.database.$executeRaw`UPDATE tickets SET status = 'CANCELLED' WHERE id = ${cancelled.id}`;
    const list = await ask<{ tickets: object[]; publicKey: string; generatedAt: string; validUntil: string }>(
      harness.subgraph,
      partner,
      LIST,
      { showId: hall.showId },
    );
    const hashOf = (code: string) => createHash('sha256').update(code).digest('base64url');
    expect(list.tickets).toEqual([
      { id: used.id, code: hashOf(used.qrCode), status: 'CHECKED_IN' },
      { id: valid.id, code: hashOf(valid.qrCode), status: 'ISSUED' },
    ]);
    expect(JSON.stringify(list)).not.toContain('MQ2.');
    expect(list.publicKey).toContain('BEGIN PUBLIC KEY');
    expect(Date.parse(list.validUntil) - Date.parse(list.generatedAt)).toBe(12 * 60 * 60_000);
  });

  test('admissions are found by name, seat and id, page by page, with who is in', async () => {
    const hall = await scheduledShow(harness);
    const ofBob = await buy(harness, bob, hall, hall.seat('B', 1));
    const ofAlice = await buy(harness, alice, hall, hall.seat('A', 1), hall.seat('A', 2));
    await scan(ofBob.tickets[0].qrCode, hall.showId);
    const read = async (variables: object = {}, caller: UserCaller = partner) => {
      const answer = await ask<{ admissions: Admissions | null }[]>(harness.subgraph, caller, ADMISSIONS, {
        showId: hall.showId,
        ...variables,
      });
      return answer[0]?.admissions ?? answer;
    };
    interface Admissions {
      readonly totalCount: number;
      readonly edges: readonly { readonly node: { readonly id: string } }[];
      readonly pageInfo: { readonly endCursor: string };
    }
    const first = (await read({ first: 2 })) as Admissions;
    expect(first).toMatchObject({ totalCount: 3, checkedIn: 1, pageInfo: { hasNextPage: true } });
    expect(first.edges[0]?.node).toMatchObject({
      ...{ status: 'CHECKED_IN', holderName: 'Bob', checkedInAt: expect.anything(), qrCode: null },
      booking: { id: ofBob.bookingId },
    });
    const rest = (await read({ first: 2, after: first.pageInfo.endCursor })) as Admissions;
    expect([...first.edges, ...rest.edges].map(({ node }) => node.id)).toEqual(
      [...ofBob.tickets, ...ofAlice.tickets].map(({ id }) => id),
    );
    for (const search of ['Zoë', ofAlice.bookingId]) expect(await read({ search })).toMatchObject({ totalCount: 2 });
    for (const search of ['b1', ofBob.tickets[0].id, ' Bob '])
      expect(await read({ search })).toMatchObject({ totalCount: 1 });
    expect(await read({ search: 'nobody' })).toMatchObject({ totalCount: 0, checkedIn: 0, edges: [] });
    expect(await read({}, otherPartner)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await read({}, alice)).toMatchObject({ code: 'FORBIDDEN' });
    const names = `query($showId: ID!) { result: _entities(representations: [{ __typename: "Show", id: $showId }]) {
      ... on Show { admissions { edges { node { holderName } } } } } }`;
    expect(JSON.stringify(await ask(harness.subgraph, support, names, { showId: hall.showId }))).toContain('Bob');
  });
});

const OWN = `query($id: ID!) { result: _entities(representations: [{ __typename: "User", id: $id }]) { ... on User {
  tickets(first: 1) { edges { node { id status qrCode show { id } } } pageInfo { hasNextPage } } } } }`;

test('a person’s tickets are those that admit them, and another’s are denied', async () => {
  const carol = customer();
  const { bookingId, tickets } = await buy(harness, alice, other, other.seat('B', 1), other.seat('B', 2));
  await harness.database.$executeRaw`
    UPDATE tickets SET holder_id = ${carol.userId}, code_version = 2 WHERE id = ${tickets[0].id}`;
  const [mine] = await ask<{ tickets: { edges: { node: object }[] } }[]>(harness.subgraph, carol, OWN, {
    id: carol.userId,
  });
  expect(mine?.tickets.edges).toMatchObject([
    { node: { id: tickets[0].id, qrCode: expect.stringContaining('MQ2.'), show: { id: other.showId } } },
  ]);
  expect(await ask(harness.subgraph, alice, OWN, { id: carol.userId })).toMatchObject({ code: 'FORBIDDEN' });
  const reach = (fields: string) =>
    ask(harness.subgraph, carol, OWN.replace('id status qrCode show { id }', `booking { ${fields} }`), {
      id: carol.userId,
    });
  expect(JSON.stringify(await reach('id show { id }'))).toContain(bookingId);
  for (const fields of [
    'price { total { amount } }',
    'tickets { id }',
    'customer { id }',
    'status',
    'timeline { at }',
  ]) {
    expect(await reach(fields)).toMatchObject({ code: 'FORBIDDEN' });
  }
  const buyer = 'query($id: ID!) { result: booking(id: $id) { tickets { qrCode } } }';
  expect(await ask(harness.subgraph, alice, buyer, { id: bookingId })).toEqual({
    tickets: [{ qrCode: null }, { qrCode: expect.stringContaining('MQ2.') }],
  });
});
