import { expect, onTestFinished, test } from 'vitest';

import { ANONYMOUS, inHours, openFeed, user } from './harness.ts';

const feed = await openFeed();
const { answer, availability, book, chooseSeats, database, deliver, execute, feedOf, rating, show, statements, title } =
  feed;
const { city, look, titlesOf, venue } = feed;

const all = (sections: Record<string, string[]>): string[] => Object.values(sections).flat();

test('a feed has no show that is sold out, cancelled or past, and no title twice', async () => {
  await city('aaa', 20);
  await availability('aaa_shw_1', true);
  await deliver('catalog.show-cancelled', { showId: 'aaa_shw_2', cityCode: 'aaa', reason: 'Illness' });
  await show('aaa_shw_past', 'ttl_aaa_past', { hours: -1 });
  const titles = all(await titlesOf('aaa', user(), { items: 100 }));
  expect(titles).toHaveLength(18);
  expect(new Set(titles).size).toBe(18);
  for (const id of ['ttl_aaa_1', 'ttl_aaa_2', 'ttl_aaa_past']) expect(titles).not.toContain(id);
});

test('a title whose next show is sold out is there with its next one', async () => {
  await city('aab', 1);
  await show('aab_shw_later', 'ttl_aab_1', { hours: 48 });
  await availability('aab_shw_1', true);
  const { sections } = await feedOf('aab');
  expect(sections.edges.flatMap(({ node }) => node.items)).toMatchObject([{ nextShow: { id: 'aab_shw_later' } }]);
});

test('events build the same copy in any order', async () => {
  await availability('aac_shw_1', true);
  await deliver('catalog.show-cancelled', { showId: 'aac_shw_2', cityCode: 'aac', reason: 'Illness' });
  const moved = { endsAt: inHours(99), highDemand: false, tiers: [], layoutId: 'lay_1', cityCode: 'aac' };
  const screen = { id: 'scr_1', name: 'Screen 1' };
  await deliver('catalog.show-changed', { ...moved, screen, showId: 'aac_shw_3', version: 2, startsAt: inHours(72) });
  await deliver('catalog.show-changed', { ...moved, screen, showId: 'aac_shw_3', version: 1, startsAt: inHours(-1) });
  await rating('ttl_aac_3', 4);
  await city('aac', 3);
  await title('ttl_aac_3', 'Comedy', 2);
  await title('ttl_aac_3', 'Late', 1);
  expect(all(await titlesOf('aac'))).toEqual(['ttl_aac_3']);
  expect(await database.title.findUnique({ where: { id: 'ttl_aac_3' } })).toMatchObject({
    genres: ['Comedy'],
    score: 4,
  });
});

test('whoever is new gets what is rated best, of every genre, with reasons', async () => {
  await city('aad', 4);
  await Promise.all([1, 2, 3].map((each) => title(`ttl_aad_${each}`, each < 3 ? 'Drama' : 'Comedy', 1)));
  for (const [each, stars] of [
    [1, 4.8],
    [2, 4.6],
    [3, 4],
  ] as const)
    await rating(`ttl_aad_${each}`, stars);
  const [suggested, trending] = (await feedOf('aad')).sections.edges.map(({ node }) => node);
  expect(suggested).toMatchObject({ kind: 'SUGGESTED', title: 'The best rated in City aad' });
  expect(suggested?.items[0]).toMatchObject({ title: { id: 'ttl_aad_1' }, reason: 'Rated 4.8 out of 5' });
  expect(trending).toMatchObject({ kind: 'TRENDING', title: 'Trending in City aad' });
});

test('a feed continues where its person left, and suggests what people alike looked at, saying why', async () => {
  await city('aae', 12);
  for (const fan of ['usr_f1', 'usr_f2', 'usr_f3']) {
    await book(fan, 'ttl_aae_1', 'aae_shw_1');
    await book(fan, 'ttl_aae_2', 'aae_shw_2');
  }
  await book('usr_other', 'ttl_aae_3', 'aae_shw_3');
  const person = user('usr_e');
  await chooseSeats(person.userId, 'aae_shw_1');
  const { sections } = await feedOf('aae', person);
  expect(sections.edges[0]?.node).toMatchObject({
    kind: 'CONTINUE',
    items: [{ title: { id: 'ttl_aae_1' }, reason: 'You chose seats for it' }],
  });
  expect(sections.edges[1]?.node).toMatchObject({ kind: 'SUGGESTED', title: 'Suggested for you' });
  expect(sections.edges[1]?.node.items[0]).toMatchObject({
    title: { id: 'ttl_aae_2' },
    reason: 'Because you looked at Title ttl_aae_1',
  });
  await book(person.userId, 'ttl_aae_1', 'aae_shw_1');
  const after = (await feedOf('aae', person)).sections.edges.map(({ node }) => node);
  expect(after.map(({ kind }) => kind)).not.toContain('CONTINUE');
  expect(after[0]?.items[0]?.reason).toBe('Because you booked Title ttl_aae_1');
});

test('what many look at trends, and cools down', async () => {
  await city('aaf', 12);
  const daysAgo = async (days: number, people: number, each: number): Promise<void> => {
    for (let person = 0; person < people; person += 1)
      await book(`usr_${each}_${person}`, `ttl_aaf_${each}`, `aaf_shw_${each}`);
    await database.$executeRaw`UPDATE title_heat SET heat = heat - ln(2::float8) * ${days}::int / 2
      WHERE title_id = ${`ttl_aaf_${each}`}`;
  };
  await daysAgo(0, 3, 5);
  await daysAgo(0, 2, 6);
  await daysAgo(10, 8, 7);
  const { sections } = await feedOf('aaf');
  const trending = sections.edges.find(({ node }) => node.kind === 'TRENDING')?.node.items ?? [];
  expect(trending[0]).toMatchObject({ title: { id: 'ttl_aaf_5' }, reason: 'Many people in City aaf look at it' });
  const heats = await database.titleHeat.findMany({ where: { cityCode: 'aaf' }, orderBy: { heat: 'desc' } });
  expect(heats.map(({ titleId }) => titleId)).toEqual(['ttl_aaf_5', 'ttl_aaf_6', 'ttl_aaf_7']);
  // Three bookings of weight 4 weigh one of weight 12.
  expect(Math.exp((heats[0]?.heat ?? 0) - (heats[1]?.heat ?? 0))).toBeCloseTo(1.5, 3);
});

test('one person heats a title once an hour, however often they look', async () => {
  await city('aag', 2);
  await chooseSeats('usr_eager', 'aag_shw_1');
  const before = await database.titleHeat.findMany({ where: { cityCode: 'aag' } });
  await chooseSeats('usr_eager', 'aag_shw_1');
  expect(await database.titleHeat.findMany({ where: { cityCode: 'aag' } })).toEqual(before);
  await chooseSeats('usr_another', 'aag_shw_1');
  expect(await database.titleHeat.findMany({ where: { cityCode: 'aag' } })).not.toEqual(before);
});

test('what is near comes first: to the person, else to the venue of their last seats, else to the centre', async () => {
  await Promise.all([
    venue('ven_n', 'aah', [51.6, -0.1]),
    venue('ven_s', 'aah', [51.4, -0.1]),
    venue('ven_c', 'aah', [51.5, -0.1]),
  ]);
  for (const [at, venueId] of [
    ['n', 'ven_n'],
    ['s', 'ven_s'],
    ['c', 'ven_c'],
  ] as const)
    for (let each = 0; each < 12; each += 1) await show(`aah_shw_${at}${each}`, `ttl_aah_${at}${each}`, { venueId });
  const nearest = async (...asked: Parameters<typeof feedOf>) =>
    (await feedOf(...asked)).sections.edges.find(({ node }) => node.kind === 'NEAR')?.node;
  const north = await nearest('aah', user(), { near: { latitude: 51.61, longitude: -0.1 } });
  expect(north).toMatchObject({
    title: 'Near you',
    items: expect.arrayContaining([
      {
        __typename: 'TitleCard',
        reason: 'Venue ven_n, 1.1 km from you',
        nextShow: expect.anything(),
        title: expect.anything(),
      },
    ]),
  });
  const person = user('usr_h');
  await chooseSeats(person.userId, 'aah_shw_s0');
  const south = await nearest('aah', person);
  expect(south).toMatchObject({ title: 'Near Venue ven_s' });
  expect(south?.items[0]?.reason).toBe('Venue ven_s, where you last chose seats');
  expect((await nearest('aah'))?.items[0]?.reason).toBe('Venue ven_c, 0 km from the centre of City aah');
});

test('what is not on sale yet is in “New and soon” alone, with the day', async () => {
  await city('aai', 1);
  await show('aai_shw_2', 'ttl_aai_2', { hours: 24 * 30, salesOpenAt: '2099-01-02T12:00:00.000Z' });
  const { sections } = await feedOf('aai');
  const cards = sections.edges.flatMap(({ node }) => node.items.map((item) => ({ ...item, kind: node.kind })));
  expect(cards.filter((card) => card.title.id === 'ttl_aai_2')).toMatchObject([
    { kind: 'NEW_AND_SOON', reason: 'On sale from 2 January 2099' },
  ]);
});

test('pages of sections continue each other, without a title twice', async () => {
  await city('aaj', 20);
  const pages: Record<string, string[]>[] = [];
  let after: string | null = null;
  for (let page = 0; page < 10; page += 1) {
    const variables: Record<string, unknown> = { first: 1, after };
    pages.push(await titlesOf('aaj', user(), variables));
    const { pageInfo }: Awaited<ReturnType<typeof feedOf>>['sections'] = (await feedOf('aaj', user(), variables))
      .sections;
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  expect(pages.map((page) => Object.keys(page))).toEqual([['SUGGESTED'], ['TRENDING'], ['NEW_AND_SOON'], ['NEAR']]);
  const titles = pages.flatMap(all);
  expect(new Set(titles).size).toBe(titles.length);
});

test('a city that is not known has no feed, and bad arguments are named', async () => {
  for (const cityId of ['cty_nowhere', 'ttl_1', ''])
    expect(
      await execute('query ($cityId: ID!) { homeFeed(cityId: $cityId) { __typename } }', user(), { cityId }),
    ).toEqual({
      data: { homeFeed: null },
    });
  await city('aak', 1);
  for (const [variables, field] of [
    [{ near: { latitude: 91, longitude: 0 } }, 'near.latitude'],
    [{ near: { latitude: 0, longitude: -181 } }, 'near.longitude'],
    [{ first: 101 }, 'first'],
    [{ first: -1 }, 'first'],
    [{ items: 101 }, 'first'],
    [{ after: 'bogus' }, 'after'],
    [{ locale: 'not a tag' }, 'locale'],
    [{ locale: '' }, 'locale'],
    [{ after: Buffer.from('["x"]').toString('base64url') }, 'after'],
  ] as const)
    expect(await answer('aak', user(), variables)).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT', field } }],
    });
});

test('a person reads headings and reasons in their language', async () => {
  await city('aal', 1);
  const usual = feed.others.accounts;
  onTestFinished(() => void (feed.others.accounts = usual));
  feed.others.accounts = () => ({ people: [{ locale: 'de-AT' }] });
  const { sections } = await feedOf('aal', user());
  expect(sections.edges[0]?.node).toMatchObject({
    title: 'Am besten bewertet in City aal',
    items: [{ reason: 'Läuft jetzt in City aal' }],
  });
});

test('a reader who asks in a language reads in it, whatever that of their account', async () => {
  await city('abq', 1);
  const usual = feed.others.accounts;
  onTestFinished(() => void (feed.others.accounts = usual));
  feed.others.accounts = () => ({ people: [{ locale: 'de-AT' }] });
  const person = user();
  const reasonIn = async (caller: typeof person | typeof ANONYMOUS, locale?: string) => {
    const { sections } = await feedOf('abq', caller, { locale });
    const [card] = sections.edges[0]?.node.items ?? [];
    return card?.reason;
  };
  expect(await reasonIn(person, 'en-IN')).toBe('Now showing in City abq');
  expect(await reasonIn(person)).toBe('Läuft jetzt in City abq');
  expect(await reasonIn(person, 'hi')).toBe('City abq में चल रहा है');
  expect(await reasonIn(ANONYMOUS, 'de')).toBe('Läuft jetzt in City abq');
  expect(await reasonIn(ANONYMOUS, 'fr')).toBe('Now showing in City abq');
});

test('a feed takes two statements the first time, two more for a person, and one from then on', async () => {
  await city('aam', 20);
  const person = user();
  const sent = (work: () => Promise<unknown>) => statements.during(work).then(({ length }) => length);
  expect(await sent(() => titlesOf('aam'))).toBe(2);
  expect(await sent(() => titlesOf('aam'))).toBe(1);
  expect(await sent(() => titlesOf('aam', person))).toBe(3);
  expect(await sent(() => titlesOf('aam', person))).toBe(1);
});

test('a thousand people who come together have a city loaded once', async () => {
  await city('aan', 3);
  const query = '{ homeFeed(cityId: "cty_aan") { sections { edges { cursor } } } }';
  const sent = await statements.during(async () => {
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => execute(query, { kind: 'anonymous' })));
    expect(answers.filter(({ errors }) => errors)).toEqual([]);
  });
  expect(sent.filter((sql) => sql.includes('WITH live'))).toHaveLength(1);
});

test('a cached feed loses a show with the event that it is sold out; the control keeps it by its version', async () => {
  await city('aao', 2);
  expect(all(await titlesOf('aao'))).toHaveLength(2);
  await availability('aao_shw_1', true);
  expect(all(await titlesOf('aao'))).toEqual(['ttl_aao_2']);
  await availability('aao_shw_1', false);
  expect(all(await titlesOf('aao'))).toHaveLength(2);
  await availability('aao_shw_1', true);
  await database.$executeRaw`UPDATE cities SET version = version - 1 WHERE code = 'aao'`;
  expect(all(await titlesOf('aao'))).toHaveLength(2);
});

test('visits teach what is alike and what trends; suspicious ones count nothing', async () => {
  await city('aap', 30);
  const crowd = Array.from({ length: 20 }, (_, each) => `usr_crowd_${each}`);
  await look('ttl_aap_9', 'aap', crowd);
  await look('ttl_aap_8', 'aap', crowd.slice(0, 10));
  await look('ttl_aap_7', 'aap', crowd, true);
  expect(
    await database.title.findMany({ where: { id: { in: ['ttl_aap_7', 'ttl_aap_9'] } }, orderBy: { id: 'asc' } }),
  ).toMatchObject([{ viewers: 0 }, { viewers: 20 }]);
  expect(await database.titlePair.count({ where: { titleId: 'ttl_aap_7' } })).toBe(0);
  const stranger = await titlesOf('aap', user());
  expect(stranger['TRENDING']?.[0]).toBe('ttl_aap_9');
  const person = user('usr_p');
  await look('ttl_aap_9', 'aap', [person.userId]);
  const [toContinue, suggested] = (await feedOf('aap', person)).sections.edges.map(({ node }) => node.items[0]);
  expect(toContinue).toMatchObject({ title: { id: 'ttl_aap_9' }, reason: 'You looked at it' });
  expect(suggested).toMatchObject({ title: { id: 'ttl_aap_8' }, reason: 'Because you looked at Title ttl_aap_9' });
});
