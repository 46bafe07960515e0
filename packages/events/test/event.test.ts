import { expect, test } from 'vitest';

import { eventCatalogue } from '../src/index.ts';
import { decodeEvent, encodeEvent, type DomainEvent } from '../src/event.ts';
import { catalogue, emits, newEvent } from './sample-events.ts';

const soldOut = newEvent('sample.sold-out', 'lon_shw_1', { showId: 'lon_shw_1', soldOut: true });
const event: DomainEvent = { ...soldOut, occurredAt: '2027-01-31T18:30:00.000Z', traceparent: '00-a-b-01' };

test('an event type belongs to one domain', () => {
  expect(catalogue.domainOf('sample.paid')).toBe('sample');
  expect(() => eventCatalogue({ sample: emits, other: emits })).toThrow('Both sample and other emit sample.sold-out');
});

test('an event cannot be made with a payload that does not match its type', () => {
  expect(() => newEvent('sample.sold-out', 'x', { showId: '', soldOut: true })).toThrow('showId');
  const amount = { amount: 12.5, currency: 'GBP' };
  expect(() => newEvent('sample.paid', 's', { showId: 's', amount })).toThrow('int');
});

test('a decoded event equals the encoded one', () => {
  expect(decodeEvent(encodeEvent(event), catalogue)).toEqual(event);
});

test('unknown fields of a payload are dropped', () => {
  const newer = JSON.stringify({ ...event, payload: { ...event.payload, colour: 'red' } });
  expect(decodeEvent(newer, catalogue).payload).toEqual(event.payload);
});

test('text that is not JSON, an unknown type and an invalid payload are rejected', () => {
  expect(() => decodeEvent('{', catalogue)).toThrow(SyntaxError);
  expect(() => decodeEvent(JSON.stringify({ ...event, type: 'sample.unheard-of' }), catalogue)).toThrow('unheard-of');
  expect(() => decodeEvent(JSON.stringify({ ...event, payload: {} }), catalogue)).toThrow('showId');
});
