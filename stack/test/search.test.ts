import { eventually } from '@marquee/testkit';
import { beforeAll, expect, test } from 'vitest';

import { type GraphClient, registeredOperations } from '../src/client/index.ts';
import { type Marketplace, openMarketplace } from './marketplace.ts';
import { query } from './server-process.ts';

interface Found {
  readonly search: {
    readonly totalCount: number;
    readonly edges: readonly {
      readonly highlight: string;
      readonly node: { readonly id: string; readonly name: string };
    }[];
  };
}

const storefront = registeredOperations('storefront');
const Search = storefront<Found, { text: string; cityId?: string; filter?: object; first: number; after?: string }>(
  'Search',
);
const SearchSuggestions = storefront<
  { searchSuggestions: { text: string; kind: string }[] },
  { prefix: string; cityId?: string }
>('SearchSuggestions');
const UpdateTitle = registeredOperations('backoffice')<
  { updateTitle: { __typename: string } },
  { input: { titleId: string; name: string } }
>('UpdateTitle');

let marketplace: Marketplace;
let anybody: GraphClient;
const find = async (text: string, filter?: object) =>
  (await anybody.request(Search, { text, first: 5, ...(filter && { filter }) })).search;
const names = async (text: string) => (await find(text)).edges.map(({ node }) => node.name);

beforeAll(async () => {
  marketplace = await openMarketplace();
  anybody = marketplace.client();
  await eventually(async () => {
    if ((await find('')).totalCount < 2) throw new Error('search has not heard of the film and its venue yet');
  });
});

test('anybody finds what partners have created: the film, its venue, and both in their city', async () => {
  expect(await names('rialto')).toEqual(['The Rialto']);
  const { search } = await anybody.request(Search, { text: '', cityId: 'cty_lon', first: 5 });
  expect(search.edges.map(({ node }) => node.name).toSorted()).toEqual(['The Long Take', 'The Rialto']);
  const { searchSuggestions } = await anybody.request(SearchSuggestions, { prefix: 'the l', cityId: 'cty_lon' });
  expect(searchSuggestions).toEqual([{ text: 'The Long Take', kind: 'MOVIE' }]);
  expect((await find('lnog take')).edges[0]?.highlight).toBe('The <mark>Long</mark> <mark>Take</mark>');
});

test('bad input is refused, whoever sends it', async () => {
  const near = { latitude: 91, longitude: 0 };
  await expect(find('a', { near })).rejects.toThrow('Enter degrees from -90 to 90.');
  await expect(find('a'.repeat(201))).rejects.toThrow('200');
});

test('a rebuild from catalog and ratings as they are finds the same', async () => {
  const url = marketplace.databaseUrl('search');
  const before = await find('');
  await query(url, 'INSERT INTO rebuilds DEFAULT VALUES');
  await eventually(
    async () => {
      const [rebuild] = await query(url, 'SELECT error, read FROM rebuilds WHERE ended_at IS NOT NULL');
      expect(rebuild).toEqual({ error: null, read: 3 });
    },
    { timeoutMs: 15_000 },
  );
  expect(await query(url, `SELECT generation FROM slots WHERE state = 'SERVING'`)).toEqual([{ generation: 2 }]);
  expect((await find('')).edges.map(({ node }) => node)).toEqual(before.edges.map(({ node }) => node));
  const { search } = await anybody.request(Search, { text: 'take', cityId: 'cty_lon', first: 5 });
  expect(search.totalCount).toBe(1);
});

test('a renamed title is found under its new name', async () => {
  const partner = await marketplace.logIn('partner');
  const titleId = (await find('long take')).edges[0]?.node.id ?? '';
  await partner.request(UpdateTitle, { input: { titleId, name: 'The Short Cut' } });
  await eventually(async () => expect(await names('short cut')).toEqual(['The Short Cut']), { timeoutMs: 2_000 });
  expect(await names('long take')).not.toContain('The Short Cut');
});
