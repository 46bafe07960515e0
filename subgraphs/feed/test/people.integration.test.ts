import { expect, test } from 'vitest';

import { InterestRepository, KEPT_INTERESTS } from '../src/adapters/interests.ts';
import { Retention } from '../src/adapters/retention.ts';
import { inHours, openFeed, user } from './harness.ts';

const world = await openFeed();
const { database, deliver, execute } = world;

const exported = async (userId: string): Promise<unknown> => {
  const query = 'query ($userId: ID!) { personalData(userId: $userId) }';
  const { data } = await execute(query, { kind: 'service', name: 'accounts' }, { userId });
  return JSON.parse((data as { personalData: string }).personalData);
};

const visit = (viewerId: string, titleId: string, hours = 0) => ({
  ...{ viewerId, titleId, showId: null, cityCode: 'caa', progress: 1 as const, at: inHours(hours) },
});

test('a person gets what they looked at, and an erasure deletes it; what it says of titles stays', async () => {
  await world.city('caa', 3);
  const { userId } = user();
  await world.book(userId, 'ttl_caa_1', 'caa_shw_1');
  await world.chooseSeats(userId, 'caa_shw_2');
  expect(await exported(userId)).toMatchObject({
    titlesLookedAt: [
      { titleId: 'ttl_caa_1', did: 'booked', showId: 'caa_shw_1' },
      { titleId: 'ttl_caa_2', did: 'chose seats' },
    ],
  });
  const pairs = await database.titlePair.findMany();
  expect(pairs).toHaveLength(2);
  await deliver('account.erased' as never, { userId } as never);
  await deliver('account.erased' as never, { userId } as never);
  await world.chooseSeats(userId, 'caa_shw_3');
  expect(await exported(userId)).toEqual({ titlesLookedAt: [] });
  expect(await database.interest.count({ where: { viewerId: userId } })).toBe(0);
  expect(await database.titlePair.findMany()).toEqual(expect.arrayContaining(pairs));
});

test('a feed of somebody whose history was erased is as that of somebody new', async () => {
  await world.city('cab', 3);
  const person = user();
  await world.chooseSeats(person.userId, 'cab_shw_1');
  expect(Object.keys(await world.titlesOf('cab', person))).toContain('CONTINUE');
  await deliver('account.erased' as never, { userId: person.userId } as never);
  expect(Object.keys(await world.titlesOf('cab', person))).not.toContain('CONTINUE');
});

test('a title makes pairs once with the latest of a viewer, whose history is bounded', async () => {
  const interests = new InterestRepository(database);
  const many = Array.from({ length: 80 }, (_, each) => visit('vis_many', `ttl_many_${each}`, each - 100));
  await interests.record(many.slice(0, 70));
  await interests.record(many.slice(70));
  expect(await database.interest.count({ where: { viewerId: 'vis_many' } })).toBeLessThanOrEqual(KEPT_INTERESTS + 10);
  expect(await database.titlePair.count({ where: { titleId: 'ttl_many_79' } })).toBe(29);
  expect(await database.titlePair.count({ where: { titleId: 'ttl_many_0' } })).toBe(0);
  const before = await database.titlePair.findMany({ orderBy: [{ titleId: 'asc' }, { otherId: 'asc' }] });
  await interests.record([visit('vis_many', 'ttl_many_79'), visit('vis_many', 'ttl_many_78')]);
  expect(await database.titlePair.findMany({ orderBy: [{ titleId: 'asc' }, { otherId: 'asc' }] })).toEqual(before);
});

test('pairs have both directions, and weigh less of somebody who looks at much', async () => {
  const interests = new InterestRepository(database);
  await interests.record([visit('vis_few', 'ttl_few_1'), visit('vis_few', 'ttl_few_2')]);
  const weights = await database.titlePair.findMany({ where: { titleId: { startsWith: 'ttl_few_' } } });
  expect(weights.map(({ weight }) => weight)).toEqual([0.5, 0.5]);
  await interests.record(Array.from({ length: 10 }, (_, each) => visit('vis_much', `ttl_much_${each}`)));
  const much = await database.titlePair.findFirst({ where: { titleId: 'ttl_much_1' } });
  expect(much?.weight).toBeCloseTo(0.1);
});

test('what says nothing any more is deleted: past shows, old interests, the weakest pairs', async () => {
  const retention = new Retention(database);
  await world.show('cac_shw_old', 'ttl_cac_1', { hours: -24 * 31 });
  await world.show('cac_shw_past', 'ttl_cac_1', { hours: -24 });
  await new InterestRepository(database).record([
    visit('vis_old', 'ttl_cac_1', -24 * 91),
    visit('vis_new', 'ttl_cac_1'),
  ]);
  await database.$executeRaw`INSERT INTO title_pairs SELECT 'ttl_crowded', 'ttl_other_' || each, each
    FROM generate_series(1, 301) AS each`;
  await retention.deletePastShows();
  await retention.deleteOldInterests();
  await retention.trimPairs();
  expect(await database.show.findMany({ where: { cityCode: 'cac' } })).toMatchObject([{ id: 'cac_shw_past' }]);
  expect(await database.interest.findMany({ where: { titleId: 'ttl_cac_1' } })).toMatchObject([
    { viewerId: 'vis_new' },
  ]);
  const kept = await database.titlePair.findMany({ where: { titleId: 'ttl_crowded' }, orderBy: { weight: 'asc' } });
  expect([kept.length, kept[0]?.weight]).toEqual([200, 102]);
});

test('what is done about titles that nobody knows is forgotten after two days, and about others it is not', async () => {
  await world.city('cad', 1);
  const titles = ['ttl_cad_1', 'ttl_invented_1', 'ttl_invented_2', 'ttl_rated'];
  const interests = new InterestRepository(database);
  await interests.record(titles.map((titleId) => visit('vis_liar', titleId)));
  await world.rating('ttl_rated', 4);
  await database.title.updateMany({ where: { id: { in: titles } }, data: { firstAt: new Date(inHours(-49)) } });
  await interests.record([visit('vis_liar', 'ttl_late')]);
  await new Retention(database).deleteUnknownTitles();
  const kept = ['ttl_cad_1', 'ttl_late', 'ttl_rated'];
  const idsOf = async (rows: Promise<readonly { readonly titleId: string }[]>) =>
    [...new Set((await rows).map(({ titleId }) => titleId))].toSorted();
  const titleId = { in: [...titles, 'ttl_late'] };
  expect((await database.title.findMany({ where: { id: titleId } })).map(({ id }) => id).toSorted()).toEqual(kept);
  expect(await idsOf(database.interest.findMany({ where: { titleId } }))).toEqual(kept);
  expect(await idsOf(database.titleHeat.findMany({ where: { titleId } }))).toEqual(kept);
  expect(await idsOf(database.titlePair.findMany({ where: { titleId } }))).toEqual(kept);
  expect(await database.titlePair.count({ where: { otherId: { in: ['ttl_invented_1', 'ttl_invented_2'] } } })).toBe(0);
});
