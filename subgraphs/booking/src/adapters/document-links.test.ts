import { expect, test } from 'vitest';

import { DocumentLinks, type FollowedLink } from './document-links.ts';

const START = Date.parse('2027-01-01T00:00:00Z');
let now = START;
const secret = 's'.repeat(32);
const links = new DocumentLinks([secret], 'https://api.example.com/', () => new Date(now));
const key = { kind: 'tickets', id: 'lon_tkt_1', version: 2 } as const;

function followed(url: string): FollowedLink {
  const { pathname, searchParams } = new URL(url);
  const [, kind, id] = /(tickets|calendars)\/(.*)\.\w+$/.exec(pathname) ?? [];
  return { kind: kind as 'tickets', id: id ?? '', query: Object.fromEntries(searchParams) };
}

test('a link names its document for fifteen minutes', () => {
  now = START;
  const url = links.urlOf(key);
  expect(url).toMatch(/^https:\/\/api\.example\.com\/documents\/booking\/tickets\/lon_tkt_1\.pdf\?/);
  const link = followed(url);
  expect(links.open(link)).toEqual(key);
  now = START + 15 * 60_000 - 1_000;
  expect(links.open(link)).toEqual(key);
  now = START + 15 * 60_000;
  expect(links.open(link)).toBeNull();
});

test.each<[string, Partial<FollowedLink> | Record<string, string>]>([
  ['id', { id: 'lon_tkt_2' }],
  ['kind', { kind: 'calendars' }],
  ['version', { version: '3' }],
  ['time', { until: '99999999999' }],
  ['signature', { signature: 'AAAA' }],
])('a link with another %s is refused', (_what, change) => {
  now = START;
  const link = followed(links.urlOf(key));
  const { id = link.id, kind = link.kind, ...query } = change as Partial<FollowedLink> & Record<string, string>;
  expect(links.open({ id, kind, query: { ...link.query, ...query } })).toBeNull();
});

test('a link of a former secret works until it is over, and one of another secret does not', () => {
  now = START;
  const link = followed(links.urlOf(key));
  const at = () => new Date(now);
  expect(new DocumentLinks(['n'.repeat(32), secret], '', at).open(link)).toEqual(key);
  expect(new DocumentLinks(['n'.repeat(32)], '', at).open(link)).toBeNull();
});
