import { expect, test } from 'vitest';
import { relyingParty } from './relying-party.ts';

test('passkeys are of the first page’s domain, and used by the pages that are named', () => {
  const party = relyingParty(['https://www.example.com', 'https://box.www.example.com'], undefined);
  expect([party.id, party.originsFor('http://localhost:4000')]).toEqual([
    'www.example.com',
    ['https://www.example.com', 'https://box.www.example.com'],
  ]);
  expect(() => relyingParty(['https://a.example'], 'b.example')).toThrow('not below that domain');
});

test('pages of this machine use passkeys on whatever port, also beside a storefront there', () => {
  for (const origins of [[], ['http://localhost:4000']]) {
    const party = relyingParty(origins, undefined);
    expect([party.id, party.originsFor('http://localhost:5173')]).toEqual(['localhost', ['http://localhost:5173']]);
    expect(party.originsFor('https://evil.example')).toEqual(origins);
  }
});
