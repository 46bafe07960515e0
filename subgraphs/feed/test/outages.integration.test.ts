import { openRedis } from '@marquee/redis';
import { databaseOutage, dedicatedRedis } from '@marquee/testkit';
import { expect, onTestFinished, test, vi } from 'vitest';

import { ANONYMOUS, openFeed, user } from './harness.ts';

const world = await openFeed();

const card = (titleId: string, token = `tok_${titleId}`) => ({
  ...{ impressionToken: token, headline: 'Two for one', imageUrl: 'https://ads.example/1.png', titleId },
});
const never = () => new Promise<never>(() => undefined);
const fails = () => {
  throw new Error('it is away');
};

test('a sponsored card is the fourth of three sections, and its title is nowhere else', async () => {
  await world.city('baa', 30);
  const ads = vi.fn<typeof world.others.ads>(() => ({ adPlacements: [card('ttl_baa_1'), card('ttl_baa_2')] }));
  world.others.ads = ads;
  const person = user();
  const sections = await world.titlesOf('baa', person);
  expect(ads.mock.calls[0]?.[0]).toEqual({ cityId: 'cty_baa', viewerKey: person.userId, slots: 3 });
  expect(ads).toHaveBeenCalledTimes(1);
  expect([sections['SUGGESTED']?.[3], sections['TRENDING']?.[3]]).toEqual(['ttl_baa_1', 'ttl_baa_2']);
  const titles = Object.values(sections).flat();
  expect(new Set(titles).size).toBe(titles.length);
  const { edges } = (await world.feedOf('baa', person)).sections;
  const { titleId: _titleId, ...shown } = card('ttl_baa_1');
  expect(edges[0]?.node.items[3]).toEqual({ __typename: 'SponsoredCard', ...shown, title: { id: 'ttl_baa_1' } });
});

test('a sponsored card is left out whose title has nothing to book, or is on another page, or is there already', async () => {
  await world.city('bab', 30);
  await world.availability('bab_shw_1', true);
  world.others.ads = () => ({
    adPlacements: [card('ttl_bab_1'), card('ttl_elsewhere'), card('ttl_bab_2'), card('ttl_bab_2', 'second')],
  });
  const cards = (await world.feedOf('bab')).sections.edges.flatMap(({ node }) => node.items);
  expect(cards.filter(({ __typename }) => __typename === 'SponsoredCard')).toMatchObject([
    { title: { id: 'ttl_bab_2' } },
  ]);
  world.others.ads = () => ({ adPlacements: [] });
  const near = (await world.titlesOf('bab', ANONYMOUS))['NEAR']?.[0] ?? '';
  world.others.ads = () => ({ adPlacements: [card(near)] });
  const [first] = (await world.feedOf('bab', ANONYMOUS, { first: 1 })).sections.edges;
  expect(first?.node.items.map(({ __typename }) => __typename)).not.toContain('SponsoredCard');
});

test('ads counts whoever is not signed in by a hash of network, client and day', async () => {
  await world.city('bac', 12);
  const ads = vi.fn<typeof world.others.ads>(() => ({ adPlacements: [] }));
  world.others.ads = ads;
  const query = '{ homeFeed(cityId: "cty_bac") { sections { edges { cursor } } } }';
  const from = (address: string, userAgent = 'Firefox') =>
    world.subgraph.execute({ query, caller: ANONYMOUS, device: { address, userAgent } });
  await from('192.0.2.1');
  await from('192.0.2.1');
  await from('192.0.2.2');
  await from('192.0.2.1', 'Safari');
  const keys = ads.mock.calls.map(([{ viewerKey }]) => viewerKey);
  expect(keys.every((key) => /^visitor:[\w-]{43}$/.test(key))).toBe(true);
  expect(keys[0]).toBe(keys[1]);
  expect(new Set(keys).size).toBe(3);
});

test.each([
  ['away', fails],
  ['slow', never],
])('a feed goes without ads that are %s, and does not ask again at once', async (_how, ads) => {
  const own = await openFeed();
  await own.city('bad', 12);
  const asked = vi.fn<typeof ads>(ads);
  own.others.ads = asked;
  for (let each = 0; each < 3; each += 1)
    expect(Object.keys(await own.titlesOf('bad'))).toEqual(['SUGGESTED', 'TRENDING', 'NEW_AND_SOON', 'NEAR']);
  expect(asked).toHaveBeenCalledTimes(1);
});

test('a feed is answered while accounts, ads, catalog and booking are away', async () => {
  await world.city('bae', 3);
  Object.assign(world.others, { accounts: fails, ads: fails });
  expect(Object.values(await world.titlesOf('bae', user())).flat()).toHaveLength(3);
});

test('a feed is answered while Redis is away, before and after it was there', async () => {
  const server = await dedicatedRedis(false);
  const cache = openRedis(server.url, { onError: () => undefined });
  onTestFinished(() => cache.disconnect());
  const own = await openFeed({ cache });
  await own.city('baf', 3);
  const read = async () => Object.values(await own.titlesOf('baf', user())).flat();
  expect(await read()).toHaveLength(3);
  await server.kill();
  expect(await read()).toHaveLength(3);
  await own.availability('baf_shw_1', true);
  expect(await read()).toHaveLength(2);
});

test('while the database is away, the last feed is answered without what has started since; then it recovers', async () => {
  let now = Date.now();
  const own = await openFeed({ now: () => new Date(now) });
  await own.city('bag', 3);
  await own.show('bag_shw_soon', 'ttl_bag_soon', { hours: 1 });
  const [person, stranger] = [user(), user()];
  const read = async (caller = person) => Object.values(await own.titlesOf('bag', caller)).flat();
  expect(await read()).toHaveLength(4);
  const end = await databaseOutage({ url: own.databaseUrl });
  expect(await read()).toHaveLength(4);
  now += 2 * 60 * 60_000;
  expect(await read()).not.toContain('ttl_bag_soon');
  expect(await own.answer('bag', stranger)).toMatchObject({
    errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
  });
  expect(Object.values(await own.titlesOf('bag')).flat()).toHaveLength(3);
  await end();
  await own.availability('bag_shw_1', true);
  expect(await read()).toHaveLength(2);
});
