import type { UserCaller } from '@marquee/subgraph';
import { beforeAll, describe, expect, test } from 'vitest';

import { accountsWith } from './accounts.ts';
import { buy, SCAN } from './gate.ts';
import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { ask, key } from './operations.ts';

const ROLES = ['OWNER', 'MANAGER', 'BOX_OFFICE', 'SCANNER', 'FINANCE'];
const AT_GATES = ['OWNER', 'MANAGER', 'BOX_OFFICE', 'SCANNER'];
const WITH_SEATS = ['OWNER', 'MANAGER', 'BOX_OFFICE'];
const WITH_BOOKINGS = ['OWNER', 'MANAGER', 'BOX_OFFICE', 'FINANCE'];
const WITH_SALES = ['OWNER', 'MANAGER', 'FINANCE'];

const scopes = ['tickets:scan', 'seats:write', 'sales:read'];
const memberOf = (organisation: string, role: string): UserCaller => customer(`usr_${organisation}_${role}`, scopes);
const roles = Object.fromEntries(
  ['electric', 'other'].flatMap((organisation) =>
    ROLES.map((role) => [
      memberOf(organisation, role).userId,
      [
        { organisationId: 'org_elsewhere', role: 'OWNER' },
        { organisationId: `org_${organisation}`, role },
      ],
    ]),
  ),
);

let harness: BookingHarness;
let show: TestShow;
beforeAll(async () => {
  harness = await openBooking({ calls: accountsWith({ roles, names: { usr_alice: 'Alice' } }), start: false });
  show = await scheduledShow(harness);
  await buy(harness, customer('usr_alice'), show, show.seat('B', 1));
});

interface Refusable {
  readonly code?: string;
}

const of = (query: string, more: () => object = () => ({})) => {
  return (who: UserCaller): Promise<Refusable | null> =>
    ask<Refusable | null>(harness.subgraph, who, query, { showId: show.showId, ...more() });
};
const seatIds = () => ({ seatIds: [show.seat('A', 1)] });
const gift = () => ({
  input: { ...seatIds(), showId: show.showId, toEmail: 'guest@example.com', reason: 'Press', idempotencyKey: key() },
});

const NAMES = `query { result: _entities(representations: [{ __typename: "Venue", id: "ven_1" }]) {
  ... on Venue { bookings { edges { node { tickets { holderName } } } } } } }`;

async function watch(caller: UserCaller): Promise<Refusable> {
  const query = 'subscription { liveSales(venueId: "ven_1") { ticketsSold } }';
  const stream = await harness.subgraph.subscribe({ query, caller });
  if (!(Symbol.asyncIterator in stream)) return { ...stream.errors?.[0]?.extensions };
  await stream.return?.();
  return {};
}

const OPERATIONS: readonly (readonly [string, readonly string[], (who: UserCaller) => Promise<Refusable | null>])[] = [
  ['scanTicket', AT_GATES, of(SCAN, () => ({ qrCode: 'none' }))],
  [
    'uploadScans',
    AT_GATES,
    of(
      'mutation($showId: ID!) { result: uploadScans(input: { showId: $showId, deviceId: "d", scans: [] }) { __typename } }',
    ),
  ],
  ['checkInList', AT_GATES, of('query($showId: ID!) { result: checkInList(showId: $showId) { publicKey } }')],
  [
    'Show.admissions',
    AT_GATES,
    of(
      'query($showId: ID!) { result: _entities(representations: [{ __typename: "Show", id: $showId }]) { ... on Show { admissions { edges { node { holderName } } } } } }',
    ),
  ],
  [
    'blockSeats',
    WITH_SEATS,
    of(
      'mutation($showId: ID!, $seatIds: [ID!]!) { result: blockSeats(showId: $showId, seatIds: $seatIds, reason: "A camera") { __typename } }',
      seatIds,
    ),
  ],
  [
    'unblockSeats',
    WITH_SEATS,
    of(
      'mutation($showId: ID!, $seatIds: [ID!]!) { result: unblockSeats(showId: $showId, seatIds: $seatIds) { __typename } }',
      seatIds,
    ),
  ],
  [
    'issueComplimentaryTickets',
    WITH_SEATS,
    of(
      'mutation($input: IssueComplimentaryTicketsInput!) { result: issueComplimentaryTickets(input: $input) { __typename } }',
      gift,
    ),
  ],
  [
    'Venue.bookings',
    WITH_BOOKINGS,
    of(
      'query { result: _entities(representations: [{ __typename: "Venue", id: "ven_1" }]) { ... on Venue { bookings { edges { node { status price { total { amount } } } } } } } }',
    ),
  ],
  ['Ticket.holderName in Venue.bookings', WITH_SEATS, of(NAMES)],
  ['liveSales', WITH_SALES, watch],
];

describe.each(OPERATIONS)('%s', (_name, allowed, work) => {
  test(`is for ${allowed.join(', ')} of the venue's organisation, and for nobody of another`, async () => {
    const refused = async (organisation: string): Promise<string[]> => {
      const answers = ROLES.map(
        async (role) => [role, (await work(memberOf(organisation, role)))?.code ?? ''] as const,
      );
      return (await Promise.all(answers)).flatMap(([role, code]) => (code === 'FORBIDDEN' ? role : []));
    };
    expect(await refused('electric')).toEqual(ROLES.filter((role) => !allowed.includes(role)));
    expect(await refused('other')).toEqual(ROLES);
  });
});

test('whoever checks people in sees the name of each holder among the bookings, and nothing else of them', async () => {
  const boxOffice = memberOf('electric', 'BOX_OFFICE');
  const named = expect.arrayContaining([{ node: { tickets: [{ holderName: 'Alice' }] } }]);
  expect(await ask(harness.subgraph, boxOffice, NAMES, {})).toEqual([{ bookings: { edges: named } }]);
  for (const field of ['customer { id }', 'seats { id }']) {
    const query = NAMES.replace('tickets {', `${field} tickets {`);
    expect(await ask(harness.subgraph, boxOffice, query, {})).toMatchObject({ code: 'FORBIDDEN' });
  }
});

test('staff is told what to do: another role, or another venue', async () => {
  const [scanner, stranger] = [memberOf('electric', 'SCANNER'), memberOf('other', 'OWNER')];
  expect(await watch(scanner)).toMatchObject({ code: 'FORBIDDEN' });
  const block = OPERATIONS.find(([name]) => name === 'blockSeats')?.[2];
  expect(await block?.(scanner)).toMatchObject({ message: expect.stringContaining('Ask its owner for another role.') });
  expect(await block?.(stranger)).toMatchObject({
    message: 'This belongs to an organisation that you do not work for.',
  });
});
