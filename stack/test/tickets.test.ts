import { randomUUID } from 'node:crypto';
import { eventually } from '@marquee/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GraphClient, registeredOperations } from '../src/client/index.ts';
import { chooseSeats } from '../src/demo/choose-show.ts';
import { CreateBooking, HoldSeats, PayBooking } from '../src/demo/operations.ts';
import { type Marketplace, openMarketplace } from './marketplace.ts';

interface Ticket {
  readonly id: string;
  readonly qrCode: string;
  readonly documentUrl: string;
}

const storefront = registeredOperations('storefront');
const backoffice = registeredOperations('backoffice');
const MyTickets = storefront<{ viewer: { tickets: { edges: { node: Ticket }[] } } }, { first: number }>('MyTickets');
const TicketDocuments = storefront<{ booking: { calendarUrl: string; tickets: Ticket[] } }, { bookingId: string }>(
  'TicketDocuments',
);
const TransferTicket = storefront<{ transferTicket: object }, { input: object }>('TransferTicket');
const AcceptTicketTransfer = storefront<{ acceptTicketTransfer: { ticket: Ticket } }, { token: string }>(
  'AcceptTicketTransfer',
);
const ScanTicket = backoffice<{ scanTicket: object }, { qrCode: string; showId: string }>('ScanTicket');
const ShowAdmissions = backoffice<
  { show: { admissions: object } },
  { showId: string; search: string | null; first: number }
>('ShowAdmissions');
const CheckInList = backoffice<{ checkInList: { tickets: object[] } }, { showId: string }>('CheckInList');

let marketplace: Marketplace;
let customer: GraphClient;
let other: GraphClient;
let partner: GraphClient;
let bookingId: string;

beforeAll(async () => {
  marketplace = await openMarketplace({ topology: 'over-http' });
  [customer, other, partner] = (await Promise.all(['customer', 'customer2', 'partner'].map(marketplace.logIn))) as [
    GraphClient,
    GraphClient,
    GraphClient,
  ];
  const seatIds = (await chooseSeats(customer, marketplace.showId, 2)).map(({ id }) => id);
  const hold = { showId: marketplace.showId, seatIds, idempotencyKey: randomUUID() };
  const holdId = (await customer.request(HoldSeats, { input: hold })).holdSeats.hold?.id ?? '';
  const { createBooking } = await customer.request(CreateBooking, { input: { holdId, idempotencyKey: randomUUID() } });
  bookingId = createBooking.booking?.id ?? '';
  await customer.request(PayBooking, {
    input: { bookingId, with: { cardToken: 'tok_visa' }, idempotencyKey: randomUUID() },
  });
  await eventually(async () => {
    if ((await ticketsOf(customer)).length !== 2) throw new Error('The tickets are not issued yet');
  });
});

afterAll(() => marketplace?.stop());

async function ticketsOf(person: GraphClient): Promise<Ticket[]> {
  return (await person.request(MyTickets, { first: 10 })).viewer.tickets.edges.map(({ node }) => node);
}

async function mailTo(address: string): Promise<string> {
  const url = new URL(`/mails.json?to=${encodeURIComponent(address)}`, marketplace.mailUrl);
  return eventually(async () => {
    const [mail] = (await (await fetch(url)).json()) as { text: string }[];
    if (!mail?.text.includes('offer_')) throw new Error('There is no mail with an offer');
    return mail.text;
  });
}

test('the links of a booking lead through the gateway to a PDF and a calendar entry, without a token', async () => {
  const { booking } = await customer.request(TicketDocuments, { bookingId });
  const origin = new URL(marketplace.endpoint).origin;
  const types: (string | null)[] = [];
  for (const url of [booking.tickets[0]?.documentUrl ?? '', booking.calendarUrl]) {
    expect(url.startsWith(`${origin}/documents/booking/`)).toBe(true);
    const response = await fetch(url);
    expect(response.status).toBe(200);
    types.push(response.headers.get('content-type'));
  }
  expect(types).toEqual(['application/pdf', 'text/calendar; charset=utf-8']);
});

test('a ticket that is passed on by mail admits the recipient, whom the venue finds by name', async () => {
  const [ticket] = await ticketsOf(customer);
  const toEmail = 'a.friend@example.com';
  const input = { ticketId: ticket?.id, toEmail, idempotencyKey: randomUUID() };
  expect(await customer.request(TransferTicket, { input })).toMatchObject({
    transferTicket: { transfer: { status: 'PENDING', toEmail } },
  });
  const [token = ''] = /offer_\w+_[\w-]{43}/.exec(await mailTo(toEmail)) ?? [];
  const { acceptTicketTransfer: accepted } = await other.request(AcceptTicketTransfer, { token });
  expect(await ticketsOf(customer)).toHaveLength(1);
  const { showId } = marketplace;
  expect(await partner.request(ScanTicket, { qrCode: ticket?.qrCode ?? '', showId })).toMatchObject({
    scanTicket: { __typename: 'TicketCancelledError' },
  });
  expect(await partner.request(ScanTicket, { qrCode: accepted.ticket.qrCode, showId })).toMatchObject({
    scanTicket: { __typename: 'ScanTicketPayload', ticket: { status: 'CHECKED_IN' } },
  });
  const { show } = await partner.request(ShowAdmissions, { showId, search: null, first: 10 });
  const { edges } = show.admissions as { edges: { node: { id: string; holderName: string } }[] };
  const holderName = edges.find(({ node }) => node.id === ticket?.id)?.node.holderName ?? '';
  const found = await partner.request(ShowAdmissions, { showId, search: holderName.toUpperCase(), first: 10 });
  expect(found.show.admissions).toMatchObject({
    totalCount: 1,
    checkedIn: 1,
    edges: [{ node: { id: ticket?.id, holderName } }],
  });
  expect((await partner.request(CheckInList, { showId })).checkInList.tickets).toHaveLength(2);
});
