import fastify, { type FastifyInstance } from 'fastify';
import { beforeAll, expect, test } from 'vitest';

import { buy, otherPartner, partner, support } from './gate.ts';
import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { ask } from './operations.ts';

const DOCUMENTS = `query($id: ID!) { result: booking(id: $id) { calendarUrl tickets { id documentUrl } } }`;

interface Documents {
  readonly calendarUrl: string;
  readonly tickets: readonly [{ readonly documentUrl: string | null }, { readonly documentUrl: string | null }];
}

const alice = customer();
let moved = 0;
let harness: BookingHarness;
let show: TestShow;
let app: FastifyInstance;

beforeAll(async () => {
  harness = await openBooking({ now: () => new Date(Date.now() + moved) });
  show = await scheduledShow(harness, { perRow: 10 });
  app = fastify();
  harness.subgraph.routes?.(app);
});

const documentsOf = (id: string) => ask<Documents>(harness.subgraph, alice, DOCUMENTS, { id });
const follow = (url: string | null) => app.inject(String(url));

test('a holder follows a link to each ticket and to the show’s calendar entry, without a token', async () => {
  const { bookingId } = await buy(harness, alice, show, show.seat('A', 1), show.seat('A', 2));
  const { calendarUrl, tickets } = await documentsOf(bookingId);
  const pdf = await follow(tickets[0].documentUrl);
  expect(pdf).toMatchObject({
    statusCode: 200,
    headers: { 'content-type': 'application/pdf', 'cache-control': 'private, no-store' },
  });
  expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  const calendar = await follow(calendarUrl);
  expect(calendar.headers['content-type']).toBe('text/calendar; charset=utf-8');
  expect(calendar.payload).toContain(`UID:${bookingId}@marquee`);
  expect(calendar.payload).toContain(String.raw`Seats: A1\, A2`);
});

test('a link is void once the ticket is passed on, cancelled, or fifteen minutes have passed', async () => {
  const { bookingId, tickets: bought } = await buy(harness, alice, show, show.seat('A', 3), show.seat('A', 4));
  const { calendarUrl, tickets } = await documentsOf(bookingId);
  await harness.database.$executeRaw`
    UPDATE tickets SET code_version = 2, holder_id = 'usr_bob' WHERE id = ${bought[0].id}`;
  expect(await follow(tickets[0].documentUrl)).toMatchObject({
    statusCode: 404,
    payload: expect.stringMatching(/^This link/),
  });
  expect((await documentsOf(bookingId)).tickets[0].documentUrl).toBeNull();
  await harness.database.$executeRaw`UPDATE tickets SET status = 'CANCELLED' WHERE booking_id = ${bookingId}`;
  for (const url of [tickets[1].documentUrl, calendarUrl]) expect(await follow(url)).toMatchObject({ statusCode: 404 });
  expect(await documentsOf(bookingId)).toMatchObject({ calendarUrl: null, tickets: [{ documentUrl: null }, {}] });
});

test('a link that is over or forged leads nowhere', async () => {
  const { bookingId } = await buy(harness, alice, show, show.seat('A', 5), show.seat('A', 6));
  const [{ documentUrl }, other] = (await documentsOf(bookingId)).tickets;
  const [, id = ''] = /tickets\/(\w+)\.pdf/.exec(String(other.documentUrl)) ?? [];
  expect(await follow(String(documentUrl).replace(/\w+\.pdf/, `${id}.pdf`))).toMatchObject({ statusCode: 404 });
  moved = 15 * 60_000;
  expect(await follow(documentUrl)).toMatchObject({ statusCode: 404 });
  moved = 0;
  expect(await follow(documentUrl)).toMatchObject({ statusCode: 200 });
});

test('nobody but the holder gets a link', async () => {
  const { bookingId } = await buy(harness, alice, show, show.seat('A', 7));
  const urls = 'query($id: ID!) { result: booking(id: $id) { tickets { documentUrl } } }';
  for (const caller of [support, partner, otherPartner, customer()]) {
    expect(await ask(harness.subgraph, caller, urls, { id: bookingId })).toMatchObject({ code: 'FORBIDDEN' });
  }
});
