import { randomUUID } from 'node:crypto';
import { type GraphClient, registeredOperations } from '@marquee/stack/client';
import { Booking } from '@marquee/stack/demo/operations';

import { eventually } from '../src/eventually.ts';
import { pick } from './random.ts';

interface Answer {
  readonly __typename: string;
  readonly transfer?: { readonly id: string };
}

const storefront = registeredOperations('storefront');
const CancelBooking = storefront<{ cancelBooking: Answer }, { input: object }>('CancelBooking');
const TransferTicket = storefront<{ transferTicket: Answer }, { input: object }>('TransferTicket');
const CancelTransfer = storefront<{ cancelTicketTransfer: Answer }, { transferId: string }>('CancelTicketTransfer');

const CONFIRMED_MS = 10_000;
const RECIPIENT = 'support@marquee.test';

/** A buyer's change of mind about a paid booking: mostly none. @returns whether it was cancelled or passed on */
export async function changeOfMind(client: GraphClient, bookingId: string, random: () => number): Promise<boolean> {
  const mood = random();
  if (mood > 0.4) return false;
  const tickets = await ticketsOf(client, bookingId);
  const idempotencyKey = randomUUID();
  if (mood > 0.3) {
    const input = { ticketId: pick(random, tickets), toEmail: RECIPIENT, idempotencyKey };
    const { transfer } = (await client.request(TransferTicket, { input })).transferTicket;
    if (transfer && random() < 0.5) await client.request(CancelTransfer, { transferId: transfer.id });
    return transfer !== undefined;
  }
  const refundTo = random() < 0.3 ? 'WALLET' : 'SOURCE';
  const ticketIds = mood < 0.15 ? tickets.slice(0, 1) : undefined;
  const input = { bookingId, refundTo, idempotencyKey, ...(ticketIds && { ticketIds }) };
  return (await client.request(CancelBooking, { input })).cancelBooking.__typename === 'CancelBookingPayload';
}

/** @throws when the booking is not confirmed in time */
async function ticketsOf(client: GraphClient, bookingId: string): Promise<string[]> {
  return eventually(
    async () => {
      const { booking } = await client.request(Booking, { id: bookingId });
      if (booking?.status !== 'CONFIRMED') throw new Error(`booking ${bookingId} is ${booking?.status}`);
      return booking.tickets.map(({ id }) => id);
    },
    { timeoutMs: CONFIRMED_MS, everyMs: 200 },
  );
}
