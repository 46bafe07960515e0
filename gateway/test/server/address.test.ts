import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { addressOf } from '../../src/server/address.ts';

const FORGED = '6.6.6.6, 203.0.113.7, 10.0.0.1';
const request = (forwarded?: string) =>
  ({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '10.0.0.2' } }) as unknown as IncomingMessage;

test.each([
  ['believes nothing without proxies', FORGED, 0, '10.0.0.2'],
  ['is what the one proxy saw', FORGED, 1, '10.0.0.1'],
  ['is what the outermost of two proxies saw, never what the client wrote before', FORGED, 2, '203.0.113.7'],
  ['is the connection’s when no proxy said anything', undefined, 2, '10.0.0.2'],
])('the address %s', (_what, forwarded, proxies, address) => {
  expect(addressOf(request(forwarded), proxies)).toBe(address);
});
