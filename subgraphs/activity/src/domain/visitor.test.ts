import { expect, test } from 'vitest';

import { keyedHash } from '../adapters/keyed-hash.ts';
import { type Client, deviceOf, visitorOf } from './visitor.ts';

const hash = keyedHash(new Uint8Array(32));
const [today, tomorrow] = [new Date('2027-01-31T10:00:00Z'), new Date('2027-02-01T10:00:00Z')];
const CLIENT: Client = { userId: null, network: '192.0.2.1', userAgent: 'a browser' };

test('a client that keeps an id is one visitor, before and after somebody signs in, on any day', () => {
  const visitor = visitorOf(hash, 'kept', CLIENT, today);
  expect(visitorOf(hash, 'kept', { ...CLIENT, userId: 'usr_1', network: null }, tomorrow)).toBe(visitor);
  expect(visitorOf(hash, 'other', CLIENT, today)).not.toBe(visitor);
});

test('without an id a person is a visitor, and of others a network and browser for a day', () => {
  const anonymous = visitorOf(hash, null, CLIENT, today);
  expect(visitorOf(hash, null, CLIENT, today)).toBe(anonymous);
  const others = [
    visitorOf(hash, null, CLIENT, tomorrow),
    visitorOf(hash, null, { ...CLIENT, network: '192.0.2.2' }, today),
    visitorOf(hash, null, { ...CLIENT, userId: 'usr_1' }, today),
    visitorOf(keyedHash(new Uint8Array(32).fill(1)), null, CLIENT, today),
  ];
  expect(new Set([anonymous, ...others]).size).toBe(5);
  expect(visitorOf(hash, null, { ...CLIENT, userId: 'usr_1' }, tomorrow)).toBe(others[2]);
});

test('strangers with the same browser do not share a device, and neither do those of whom only half is known', () => {
  const device = deviceOf(hash, CLIENT);
  expect(deviceOf(hash, { ...CLIENT, userId: 'usr_1' })).toBe(device);
  expect(deviceOf(hash, { ...CLIENT, network: '192.0.2.2' })).not.toBe(device);
  expect(deviceOf(hash, { ...CLIENT, userAgent: 'another' })).not.toBe(device);
  expect([deviceOf(hash, { ...CLIENT, network: null }), deviceOf(hash, { ...CLIENT, userAgent: null })]).toEqual([
    null,
    null,
  ]);
});
