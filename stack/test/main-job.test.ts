import { randomUUID } from 'node:crypto';
import type { Topology } from '@marquee/testkit/supergraph';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookASeat } from '../src/demo/book-a-seat.ts';
import { chooseSeats } from '../src/demo/choose-show.ts';
import type { Journal } from '../src/demo/journal.ts';
import { BookingStatusChanged, CreateBooking, HoldSeats, PayBooking } from '../src/demo/operations.ts';
import { type Marketplace, openMarketplace } from './marketplace.ts';
import { query } from './server-process.ts';

describe.each<Topology>(['in-process', 'over-http'])('with subgraphs %s', (topology) => {
  let marketplace: Marketplace;

  beforeAll(async () => {
    marketplace = await openMarketplace({ topology });
  }, 120_000);

  afterAll(() => marketplace?.stop());

  test('a customer books seats while another one watches them being taken, repeatedly', async () => {
    for (const free of [10, 8]) {
      const lines: string[] = [];
      await bookASeat(marketplace.endpoint, recording(lines));
      expect(lines).toContainEqual(expect.stringContaining(`The Long Take at The Rialto, London`));
      expect(lines).toContainEqual(expect.stringContaining(`${free} seats free`));
      expect(lines).toContainEqual(expect.stringMatching(/^customer2: .*HELD/));
      expect(lines).toContainEqual(expect.stringMatching(/^customer2: .*SOLD/));
      expect(lines).toContainEqual(expect.stringContaining('customer: booking PENDING_PAYMENT → CONFIRMED'));
      expect(lines).toContainEqual(expect.stringMatching(/^customer: notification/));
      expect(lines.at(-1)).toMatch(/^tickets for A\d+, A\d+$/);
    }
  });

  test('when a customer confirms a payment at the provider, its webhook confirms the booking', async () => {
    const { showId, databaseUrl, logIn } = marketplace;
    const customer = await logIn('customer');
    const seatIds = (await chooseSeats(customer, showId, 1)).map(({ id }) => id);
    const hold = { showId, seatIds, idempotencyKey: randomUUID() };
    const holdId = (await customer.request(HoldSeats, { input: hold })).holdSeats.hold?.id ?? '';
    const booking = { holdId, idempotencyKey: randomUUID() };
    const bookingId = (await customer.request(CreateBooking, { input: booking })).createBooking.booking?.id ?? '';
    const statuses = customer.subscribe(BookingStatusChanged, { bookingId });
    const input = { bookingId, with: { cardToken: 'tok_requires_action' }, idempotencyKey: randomUUID() };
    const { payment } = (await customer.request(PayBooking, { input })).payBooking;
    expect(payment?.status).toBe('REQUIRES_ACTION');

    expect((await fetch(payment?.actionUrl ?? '')).status).toBe(200);
    await statuses.next('CONFIRMED', ({ bookingStatusChanged }) => bookingStatusChanged.booking.status === 'CONFIRMED');
    const webhooks = await query(
      databaseUrl('payments'),
      `SELECT type FROM provider_events WHERE type = 'charge.succeeded'`,
    );
    expect(webhooks).not.toEqual([]);
  });
});

function recording(lines: string[]): Journal {
  return { step: (text) => lines.push(text), event: (who, text) => lines.push(`${who}: ${text}`) };
}
