import { expect, test } from 'vitest';

import { openSearch } from './harness.ts';

const harness = await openSearch();
const { add, ids, schedule, search, suggest, suggestedNodes } = harness;

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const at = (latitude: number, longitude: number, cityCode: string, cityName: string) => ({
  place: { cityCode, cityName, address: 'Street 1', latitude, longitude },
});

await add(
  { id: 'fargo', name: 'Fargo', people: ['Joel Coen', 'Frances McDormand'], genres: ['Crime', 'Thriller'] },
  { id: 'spider', name: 'Spider-Man 2', people: ['Sam Raimi'], genres: ['Action'] },
  { id: 'knight', name: 'The Dark Knight', people: ['Christian Bale'], genres: ['Action', 'Crime'] },
  { id: 'amelie', name: "Le Fabuleux destin d'Amélie Poulain", people: ['Audrey Tautou'], languages: ['French'] },
  { id: 'k3g', name: 'कभी ख़ुशी कभी ग़म', people: ['Karan Johar'], languages: ['Hindi'] },
  { id: 'brat', name: 'Брат', people: ['Алексей Балабанов'], languages: ['Russian'] },
  { id: 'gala', kind: 'LIVE_EVENT', name: 'Fargo on Ice', genres: ['Sport'], description: 'Skaters tell of a heist.' },
  { id: 'ven_1', kind: 'VENUE', name: 'Kriterion', languages: [], ...at(52.36, 4.91, 'ams', 'Amsterdam') },
  { id: 'ven_2', kind: 'VENUE', name: 'Atlas', languages: [], ...at(41.03, 28.98, 'ist', 'İstanbul') },
);
await schedule(
  { id: 'ams_shw_1', titleId: 'fargo', startsAt: inDays(1) },
  { id: 'ams_shw_2', titleId: 'fargo', startsAt: inDays(2), language: 'Dutch' },
  { id: 'ams_shw_3', titleId: 'knight', startsAt: inDays(-2) },
  {
    id: 'ist_shw_1',
    titleId: 'amelie',
    venueId: 'ven_2',
    cityCode: 'ist',
    startsAt: inDays(1),
    timeZone: 'Europe/Istanbul',
  },
);

test.each([
  ['fargo', 'fargo'],
  ['FARGO ', 'fargo'],
  ['frago', 'fargo'],
  ['farggo', 'fargo'],
  ['spiderman', 'spider'],
  ['spider man', 'spider'],
  ['darkknight', 'knight'],
  ['knight dark', 'knight'],
  ['dark knigt', 'knight'],
  ['amelie', 'amelie'],
  ['poulain ame', 'amelie'],
  ['mcdormand', 'fargo'],
  ['macdormand', 'fargo'],
  ['кабы брат', 'brat'],
  ['балобанов', 'brat'],
  ['ख़ुशी', 'k3g'],
  ['ISTANBUL', 'ven_2'],
  ['ıstanbul', 'ven_2'],
  ['heist', 'gala'],
])('%s finds %s first', async (text, id) => {
  expect((await ids({ text }))[0]).toBe(id);
});

test('a match has its text with the match marked', async () => {
  const { edges } = await search({ text: 'mcdorm' });
  expect(edges[0]).toMatchObject({ highlight: 'Frances <mark>McDormand</mark>', node: { __typename: 'Movie' } });
  expect((await search({ text: '' })).edges[0]?.highlight).toBeNull();
});

test('facets count the matches by kind, genre and language', async () => {
  const { facets, totalCount } = await search({ text: 'fargo' });
  expect([totalCount, facets]).toEqual([
    2,
    [
      { name: 'kind', values: ['LIVE_EVENT', 'MOVIE'].map((value) => ({ value, count: 1 })) },
      { name: 'genres', values: ['Crime', 'Sport', 'Thriller'].map((value) => ({ value, count: 1 })) },
      { name: 'languages', values: [{ value: 'English', count: 2 }] },
    ],
  ]);
});

test('filters leave out what does not fit', async () => {
  expect(await ids({ text: 'fargo', filter: { kind: ['LIVE_EVENT'] } })).toEqual(['gala']);
  expect(await ids({ text: '', filter: { genres: ['crime'] } })).toEqual(['fargo', 'knight']);
  expect(await ids({ text: '', filter: { languages: ['Hindi', 'Russian'] } })).toEqual(['brat', 'k3g']);
  expect(await ids({ text: '', filter: { genres: ["'x' | y"] } })).toEqual([]);
});

test('in a city are its venues and what has an upcoming show there, on a day and in a language when one is asked for', async () => {
  expect(await ids({ text: '', cityId: 'cty_ams' })).toEqual(['fargo', 'ven_1']);
  expect(await ids({ text: 'knight', cityId: 'cty_ams' })).toEqual([]);
  const day = inDays(2).slice(0, 10);
  expect(await ids({ text: '', cityId: 'cty_ams', filter: { date: day, languages: ['Dutch'] } })).toEqual(['fargo']);
  expect(await ids({ text: '', cityId: 'cty_ams', filter: { date: day, languages: ['English'] } })).toEqual([]);
  expect(await ids({ text: '', filter: { date: inDays(30).slice(0, 10) } })).toEqual([]);
  expect(await ids({ text: '', cityId: 'cty_zzz' })).toEqual([]);
  expect(await ids({ text: '', cityId: "x' OR 1=1" })).toEqual([]);
});

test('near a place are venues within the distance and what they show', async () => {
  const near = { latitude: 52.37, longitude: 4.9 };
  expect(await ids({ text: '', filter: { near, withinKilometres: 5 } })).toEqual(['fargo', 'ven_1']);
  expect((await ids({ text: '', filter: { near } })).slice(0, 2)).toEqual(['fargo', 'ven_1']);
  expect(await ids({ text: 'atlas', filter: { near, withinKilometres: 5 } })).toEqual([]);
});

test('pages follow each other without a gap or a repeat', async () => {
  const all = await ids({ text: '' });
  const paged: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page = await search({ text: '', first: 2, after });
    paged.push(...page.edges.map(({ node }) => node.id));
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  expect(paged).toEqual(all);
});

test('suggestions are names, people, genres and venues', async () => {
  expect(await suggest('far')).toEqual(['MOVIE Fargo', 'LIVE_EVENT Fargo on Ice']);
  expect(await suggest('mcd')).toEqual(['PERSON Frances McDormand']);
  expect(await suggest('cri')).toEqual(['GENRE Crime']);
  expect(await suggest('krit')).toEqual(['VENUE Kriterion']);
  expect(await suggest('mcdrom')).toEqual(['PERSON Frances McDormand']);
  expect(await suggest('far', 'cty_ams')).toEqual(['MOVIE Fargo']);
});

test('a suggested name leads to its title or venue, a person or a genre to a search', async () => {
  const [film, event] = await suggestedNodes('far');
  expect([film, event]).toMatchObject([{ __typename: 'Movie', id: 'fargo' }, { __typename: 'LiveEvent' }]);
  expect(await suggestedNodes('krit')).toEqual([{ __typename: 'Venue', id: 'ven_1' }]);
  expect(await suggestedNodes('mcd')).toEqual([null]);
  expect(await suggestedNodes('cri')).toEqual([null]);
});
