import { expect, test } from 'vitest';

import { catalogue, domainOf, type EventType } from './catalogue/index.ts';
import { decodeEvent, encodeEvent, newEvent, type DomainEvent } from './event.ts';

const soldOut = newEvent('booking.show-availability-changed', 'lon_shw_1', { showId: 'lon_shw_1', soldOut: true });
const event: DomainEvent = { ...soldOut, occurredAt: '2027-01-31T18:30:00.000Z', traceparent: '00-a-b-01' };

test('each type of the catalogue belongs to one domain', () => {
  const domains = (Object.keys(catalogue) as EventType[]).map(domainOf);
  expect(new Set(domains)).toEqual(new Set(['accounts', 'catalog', 'booking', 'payments', 'notifications']));
});

test('an event whose payload is not what the catalogue says cannot be made', () => {
  expect(() => newEvent('booking.show-availability-changed', 'x', { showId: '', soldOut: true })).toThrow('showId');
  const money = { amount: 12.5, currency: 'GBP' };
  const refund = { refundId: 'r', paymentId: 'p', bookingId: null, customerId: 'u', amount: money };
  expect(() => newEvent('payment.refunded', 'p', refund)).toThrow('int');
});

test('an event comes off the wire as it went on', () => {
  expect(decodeEvent(encodeEvent(event))).toEqual(event);
});

test('what a newer writer adds to a payload is dropped', () => {
  const newer = JSON.stringify({ ...event, payload: { ...event.payload, colour: 'red' } });
  expect(decodeEvent(newer).payload).toEqual(event.payload);
});

test('what is no event of the catalogue is refused', () => {
  expect(() => decodeEvent('{')).toThrow(SyntaxError);
  expect(() => decodeEvent(JSON.stringify({ ...event, type: 'booking.unheard-of' }))).toThrow('unheard-of');
  expect(() => decodeEvent(JSON.stringify({ ...event, payload: {} }))).toThrow('showId');
});
