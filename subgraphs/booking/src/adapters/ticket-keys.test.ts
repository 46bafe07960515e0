import { newCityId } from '@marquee/subgraph';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';

import { TicketKeys } from './ticket-keys.ts';

const [present, former, foreign] = ['p'.repeat(32), 'f'.repeat(32), 'x'.repeat(32)] as const;
const keys = new TicketKeys([present]);
const code = { ticketId: newCityId('lon', 'tkt'), showId: newCityId('lon', 'shw'), version: 3 };

test('a code says which ticket, show and version it is of, in no more characters than a small QR code has', () => {
  const text = keys.sign(code);
  expect(text.length).toBeLessThanOrEqual(160);
  expect(keys.verify(text)).toEqual(code);
});

test('whoever has the public key verifies a code without us', () => {
  const text = keys.sign(code);
  const end = text.lastIndexOf('.');
  const { publicKey, id } = keys.publicKeys[0];
  expect(text.split('.')[1]).toBe(id);
  const signature = Buffer.from(text.slice(end + 1), 'base64url');
  expect(verify(null, Buffer.from(text.slice(0, end)), createPublicKey(publicKey), signature)).toBe(true);
});

test.each([
  ['of another ticket', (text: string) => text.replace(text.split('.')[3] ?? '', 'A'.repeat(22))],
  ['of another version', (text: string) => text.replace('.3.', '.4.')],
  ['without a signature', (text: string) => text.slice(0, text.lastIndexOf('.'))],
  ['with another signature', (text: string) => `${text.slice(0, -86)}${'A'.repeat(86)}`],
  ['with something behind it', (text: string) => `${text}A`],
  ['of a key that is not ours', () => new TicketKeys([foreign]).sign(code)],
  ['that is empty', () => ''],
])('a code %s is refused', (_what, forge) => {
  expect(keys.verify(forge(keys.sign(code)))).toBeNull();
});

test('after a rotation codes of the former key are valid until it is taken away, and new ones have the new key', () => {
  const printed = new TicketKeys([former]).sign(code);
  const rotated = new TicketKeys([present, former]);
  expect(rotated.verify(printed)).toEqual(code);
  expect(rotated.publicKeys.map(({ id }) => id)).toEqual([
    new TicketKeys([present]).publicKeys[0].id,
    new TicketKeys([former]).publicKeys[0].id,
  ]);
  expect(rotated.sign(code)).toBe(keys.sign(code));
  expect(keys.verify(printed)).toBeNull();
});

test('the hash of a code is that of its text', async () => {
  expect(await keys.hashOf(code)).toBe(createHash('sha256').update(keys.sign(code)).digest('base64url'));
});
