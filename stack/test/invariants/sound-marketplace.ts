import { randomUUID } from 'node:crypto';
import { eventually } from '@marquee/testkit';

import type { GraphClient } from '../../src/client/index.ts';
import { registeredOperations } from '../../src/client/index.ts';
import { chooseSeats } from '../../src/demo/choose-show.ts';
import { Booking } from '../../src/demo/operations.ts';
import { createBooking, holdSeats, payBooking } from '../../src/demo/purchase.ts';
import { openMarketplace } from '../marketplace.ts';
import { query } from '../server-process.ts';

interface Answer {
  readonly __typename: string;
  readonly message?: string;
}

const storefront = registeredOperations('storefront');
const CancelBooking = storefront<{ cancelBooking: Answer }, { input: object }>('CancelBooking');
const TransferTicket = storefront<{ transferTicket: Answer }, { input: object }>('TransferTicket');

/**
 * Databases of a marketplace with a sold booking, of which one ticket was refunded and the other is on offer, an unpaid
 * booking and a hold. It has stopped, so that no job changes anything.
 *
 * @returns the URL of each
 */
export async function soundMarketplace(): Promise<(name: string) => string> {
  const { showId, logIn, databaseUrl, stop } = await openMarketplace();
  const customer = await logIn('customer');
  const { bookingId, tickets } = await buy(customer, showId);
  const [cancelled, offered] = tickets.map(({ id }) => id);
  const idempotencyKey = randomUUID();
  const cancel = { bookingId, ticketIds: [cancelled], refundTo: 'SOURCE', idempotencyKey };
  succeed((await customer.request(CancelBooking, { input: cancel })).cancelBooking);
  const transfer = { ticketId: offered, toEmail: 'friend@marquee.test', idempotencyKey };
  succeed((await customer.request(TransferTicket, { input: transfer })).transferTicket);
  await createBooking(customer, await hold(customer, showId, 1));
  await hold(customer, showId, 1);
  await nothingUnderWay(databaseUrl);
  await stop();
  return databaseUrl;
}

async function buy(customer: GraphClient, showId: string) {
  const { id: bookingId } = await createBooking(customer, await hold(customer, showId, 2));
  await payBooking(customer, bookingId);
  const tickets = await eventually(async () => {
    const { booking } = await customer.request(Booking, { id: bookingId });
    if (booking?.status !== 'CONFIRMED') throw new Error(`The booking is ${booking?.status}`);
    return booking.tickets;
  });
  return { bookingId, tickets };
}

async function hold(customer: GraphClient, showId: string, seats: number): Promise<string> {
  const seatIds = (await chooseSeats(customer, showId, seats)).map(({ id }) => id);
  return (await holdSeats(customer, showId, seatIds)).id;
}

/** Waits until the refund has arrived, and the webhooks of both the charge and the refund. */
async function nothingUnderWay(databaseUrl: (name: string) => string): Promise<void> {
  const some = async (name: string, text: string, count: number): Promise<void> => {
    const rows = await query(databaseUrl(name), text);
    if (rows.length < count) throw new Error(`${name} has only ${rows.length} of: ${text}`);
  };
  await eventually(
    async () => {
      await some('booking', `SELECT FROM booking_events WHERE type = 'REFUNDED'`, 1);
      await some('payments', 'SELECT FROM provider_events WHERE handled_at IS NOT NULL', 2);
      await some('notifications', `SELECT FROM notifications WHERE kind = 'BOOKING'`, 2);
    },
    { timeoutMs: 15_000 },
  );
}

function succeed({ __typename, message }: Answer): void {
  if (!__typename.endsWith('Payload')) throw new Error(`${__typename}: ${message}`);
}
