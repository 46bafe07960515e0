import DataLoader from 'dataloader';
import { expect, test, vi } from 'vitest';

import { Booking } from './Booking.ts';

test('the quotes of a list of bookings read their shows and tickets together', async () => {
  const startsAt = new Date('2027-06-01T20:00:00Z');
  const shows = vi.fn<(ids: readonly string[]) => Promise<object[]>>(async (ids) => ids.map(() => ({ startsAt })));
  const tickets = vi.fn<(ids: readonly string[]) => Promise<object[][]>>(async (ids) => ids.map(() => []));
  const loaders = { shows: new DataLoader(shows), tickets: new DataLoader(tickets) };
  const context = { deps: { now: () => new Date('2027-05-01T20:00:00Z') }, loaders };
  const quote = Booking.cancellationQuote as unknown as (...given: unknown[]) => Promise<unknown>;
  const price = { currency: 'EUR', subtotal: 0, fees: 0, tax: 0, discount: 0, total: 0 };
  const terms = { cancellationTiers: [{ hoursBefore: 1, refundPercent: 100 }], freeCancellationUntil: null };
  const booking = { ...terms, price, status: 'CONFIRMED', seats: [], refunded: 0, refundRequested: 0 };
  const quotes = ['1', '2', '3'].map((id) => quote({ ...booking, id, showId: `show_${id}` }, {}, context));
  expect(await Promise.all(quotes)).toMatchObject([1, 2, 3].map(() => ({ refundPercent: 100 })));
  expect([shows, tickets].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});
