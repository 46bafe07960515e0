import fc from 'fast-check';
import { newId } from '@marquee/subgraph';
import { happens } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { addReviewIn } from '../src/adapters/new-reviews.ts';
import { RatingRepository } from '../src/adapters/ratings.ts';
import { audit } from '../src/audit.ts';
import { MAX_REPORTS_A_DAY } from '../src/domain/moderation.ts';
import type { AddReview } from '../src/domain/ports.ts';
import { judge, MAX_EDITS_A_DAY, MAX_REVIEWS_A_DAY } from '../src/domain/review.ts';
import { updateReview } from '../src/use-cases/update-review.ts';
import { agent, DELETE, MARK, openRatings, REPORT, UNMARK, UPDATE, user, WRITE } from './harness.ts';
import { withoutTurns } from './without-turns.ts';

const harness = await openRatings({ start: false });
const { ask, database, execute, moderate, write } = harness;

async function differing(): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of audit(database)) lines.push(line);
  return lines;
}

const people = Array.from({ length: 4 }, () => user());
const titles = [newId('ttl'), newId('ttl')];
const TEXTS = [null, 'Fine.', 'See www.example.com'];

const step = fc.record({
  what: fc.constantFrom('write', 'update', 'delete', 'publish', 'reject', 'mark', 'unmark', 'report'),
  person: fc.nat(3),
  author: fc.nat(3),
  title: fc.nat(1),
  stars: fc.integer({ min: 1, max: 5 }),
  text: fc.nat(2),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Performs a step; one that is not possible then changes nothing. */
async function perform({ what, stars, text, ...who }: Step): Promise<void> {
  const [person = user(), author = user()] = [people[who.person], people[who.author]];
  const titleId = titles[who.title] ?? '';
  const content = { stars, text: TEXTS[text] };
  if (what === 'write') return void (await write(author, { subject: { titleId }, ...content }));
  const review = await database.review.findFirst({ where: { authorId: author.userId, subjectId: titleId } });
  const reviewId = review?.id ?? 'rev_none';
  const actions = {
    update: () => ask(UPDATE, author, { input: { reviewId, ...content } }),
    delete: () => ask(DELETE, author, { reviewId }),
    publish: () => moderate(agent(), reviewId, 'PUBLISH'),
    reject: () => moderate(agent(), reviewId, 'REJECT'),
    mark: () => ask(MARK, person, { reviewId }),
    unmark: () => ask(UNMARK, person, { reviewId }),
    report: () => ask(REPORT, person, { input: { reviewId, reason: 'OTHER' } }),
  };
  await actions[what]().catch(() => undefined);
}

test('ratings equal a recount after any steps, four at a time', async () => {
  const steps = fc.array(step, { minLength: 30, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      for (let from = 0; from < all.length; from += 4) await Promise.all(all.slice(from, from + 4).map(perform));
      expect(await differing()).toEqual([]);
    }),
    { numRuns: 3 },
  );
  expect(await database.ratingSummary.count()).toBeGreaterThan(0);
});

/** Lets four look before any of them acts. @returns how many acted */
async function lookThenAct(look: () => Promise<boolean>, act: () => Promise<unknown>): Promise<number> {
  const looks = await Promise.all(Array.from({ length: 4 }, look));
  const actors = looks.filter(Boolean);
  await Promise.all(actors.map(act));
  return actors.length;
}

test('of eight people who review a subject and find a review helpful at once all count', async () => {
  const titleId = newId('ttl');
  const all = Array.from({ length: 8 }, (_, index) => ({ stars: (index % 5) + 1, author: user() }));
  const [first] = await Promise.all(all.map(({ stars, author }) => write(author, { subject: { titleId }, stars })));
  await Promise.all(all.slice(1).map(({ author }) => ask(MARK, author, { reviewId: first?.id })));
  expect(await database.review.findUnique({ where: { id: first?.id ?? '' } })).toMatchObject({ helpfulCount: 7 });
  expect(await differing()).toEqual([]);
});

test('control: a rating that is read and then written loses changes, which the audit finds', async () => {
  const titleId = newId('ttl');
  const { id } = await write(user(), { subject: { titleId }, stars: 2 });
  const where = { subjectType_subjectId: { subjectType: 'TITLE' as const, subjectId: titleId } };
  const readThenWrite = async (): Promise<void> => {
    const { stars2 } = await database.ratingSummary.findUniqueOrThrow({ where });
    await database.ratingSummary.update({ where, data: { stars2: stars2 + 1 } });
  };
  await Promise.all(Array.from({ length: 4 }, readThenWrite));
  const { stars2 } = await database.ratingSummary.findUniqueOrThrow({ where });
  expect(stars2).toBeLessThan(5);
  expect(await differing()).toEqual([`TITLE ${titleId}: kept {0,${stars2},0,0,0}, recounted {0,1,0,0,0}`]);
  await database.ratingSummary.delete({ where });
  await database.review.delete({ where: { id } });
});

test('control: moderators who look whether a review waits and then decide all decide', async () => {
  const { id } = await write(user(), { subject: { titleId: newId('ttl') }, stars: 1, text: 'See www.example.com' });
  const waits = async () => (await database.review.findUniqueOrThrow({ where: { id } })).queuedAt !== null;
  const decide = () => database.review.update({ where: { id }, data: { status: 'REJECTED', queuedAt: null } });
  expect(await lookThenAct(waits, decide)).toBeGreaterThan(1);
});

test('a few reviews weigh little in a score, and a new average of the catalogue is told for every rating', async () => {
  const venueId = newId('ven');
  const ratings = new RatingRepository(database as never);
  const told = async () => {
    const events = await database.outboxEvent.findMany({ where: { key: venueId }, orderBy: { seq: 'asc' } });
    return events.map(({ payload }) => payload);
  };
  await write(user(), { subject: { venueId }, stars: 5 });
  const rating = { subject: 'VENUE', subjectId: venueId, version: 1, count: 1, average: 5 };
  expect(await told()).toEqual([{ ...rating, score: (10 * 3.5 + 5) / 11 }]);
  await ratings.refreshPriors();
  await ratings.refreshPriors();
  expect((await told()).slice(1)).toEqual([{ ...rating, version: 2, score: (10 * 5 + 5) / 11 }]);
  const unrated = newId('ven');
  const scores = async () => (await ratings.findMany('VENUE', [venueId, unrated])).map(({ score }) => score);
  expect(await scores()).toEqual([(10 * 5 + 5) / 11, 5]);
  // The average falls to 4.93, and rises again: less than a tenth of a star, so nothing is told.
  const others = Array.from({ length: 14 }, () => user());
  await Promise.all(others.map((author, index) => write(author, { subject: { venueId }, stars: index === 0 ? 4 : 5 })));
  await ratings.refreshPriors();
  expect([await scores(), (await told()).length]).toEqual([[(10 * 5 + 74) / 25, 5], 16]);
});

/** Writes the reviews of one person at once, who has written all but two of a day's. @returns how many there are then */
async function writtenInADay(add: AddReview): Promise<number> {
  const { userId: authorId } = user();
  const review = (createdAt: Date) => ({ id: newId('rev'), authorId, stars: 4, text: null, createdAt });
  await database.review.createMany({
    data: Array.from({ length: MAX_REVIEWS_A_DAY - 2 }, () => ({
      ...{ ...review(new Date()), subjectType: 'TITLE' as const, subjectId: newId('ttl'), status: 'REJECTED' as const },
    })),
  });
  await Promise.allSettled(
    Array.from({ length: 5 }, () =>
      add({ ...review(new Date()), subject: { type: 'TITLE', id: newId('ttl') } }, judge),
    ),
  );
  return database.review.count({ where: { authorId } });
}

test('a person writes fifty reviews a day, also at once, and those they deleted count', async () => {
  expect(await writtenInADay(addReviewIn(database, { rateLimits: true }))).toBe(MAX_REVIEWS_A_DAY);
  const author = user();
  const deleted = { authorId: author.userId, subjectType: 'TITLE' as const, wasPublished: true, deletedAt: new Date() };
  await database.deletedReview.createMany({
    data: Array.from({ length: MAX_REVIEWS_A_DAY }, () => ({ ...deleted, id: newId('rev'), subjectId: newId('ttl') })),
  });
  const refused = await execute(WRITE, author, { input: { subject: { titleId: newId('ttl') }, stars: 1 } });
  expect(refused.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 3600 } }]);
});

test('a person changes reviews fifty times a day, also at once and after they deleted some', async () => {
  const author = user();
  const { id: reviewId } = await write(author, { subject: { titleId: newId('ttl') }, stars: 2 });
  const edits = Array.from({ length: MAX_EDITS_A_DAY - 2 }, (_, version) => ({ reviewId: 'rev_deleted', version }));
  const [old, recent] = [new Date(Date.now() - 25 * 60 * 60 * 1000), new Date()];
  await database.reviewEdit.createMany({
    data: [
      ...edits.map((edit) => ({ ...edit, authorId: author.userId, editedAt: recent })),
      { reviewId: 'rev_old', version: 1, authorId: author.userId, editedAt: old },
    ],
  });
  const edit = () => execute(UPDATE, author, { input: { reviewId, stars: 3 } });
  const answers = await Promise.all([edit(), edit(), edit(), edit()]);
  const refused = answers.flatMap(({ errors }) => errors ?? []);
  expect(refused.map(({ extensions }) => extensions)).toMatchObject([
    { code: 'RATE_LIMITED' },
    { code: 'RATE_LIMITED' },
  ]);
  expect(await database.reviewEdit.count({ where: { authorId: author.userId } })).toBe(MAX_EDITS_A_DAY);
});

test('only a text for a review of one’s own is screened', async () => {
  const asked: string[] = [];
  const hasProfanity = (text: string) => asked.push(text) > 0;
  const [deletedReviews, catalog] = [{ has: async () => false }, { organisationOf: async () => null }];
  const deps = { reviews: { find: async () => null }, deletedReviews, catalog, findOrganisationRoles: async () => [] };
  const input = { reviewId: 'rev_none', authorId: 'usr_1', stars: 1, text: 'Fine.' };
  const refused = updateReview({ ...deps, hasProfanity, editReview: async () => null, now: () => new Date() }, input);
  await expect(refused).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  expect(asked).toEqual([]);
});

test('a person reports fifty reviews a day', async () => {
  const [{ userId: reporterId }, reviewId] = [
    user(),
    (await write(user(), { subject: { titleId: newId('ttl') }, stars: 2 })).id,
  ];
  const rows = Array.from({ length: MAX_REPORTS_A_DAY }, () => newId('rev'));
  await database.review.createMany({
    data: rows.map((id) => ({
      ...{ id, authorId: id, subjectType: 'VENUE' as const, subjectId: id, stars: 3, status: 'PUBLISHED' as const },
      createdAt: new Date(),
    })),
  });
  await database.reviewReport.createMany({
    data: rows.slice(1).map((id) => ({ id, reviewId: id, reporterId, reason: 'SPAM' as const, createdAt: new Date() })),
  });
  const report = (id: string) => execute(REPORT, user(reporterId), { input: { reviewId: id, reason: 'SPAM' } });
  expect((await report(reviewId)).errors).toBeUndefined();
  expect((await report(rows[0] ?? '')).errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
});

test('control: without turns of an author it is more than fifty', async () => {
  const add = addReviewIn(withoutTurns(database), { rateLimits: true });
  expect(await happens(async () => (await writtenInADay(add)) > MAX_REVIEWS_A_DAY)).toBe(true);
});

// The last of this file: nothing is unique after it.
test('control: without the unique index a person writes several reviews of a subject at once', async () => {
  await database.$executeRaw`DROP INDEX reviews_author_id_subject_type_subject_id_key`;
  const one = { authorId: 'usr_1', subjectType: 'TITLE' as const, subjectId: newId('ttl'), stars: 5 };
  const isFirst = async () => (await database.review.count({ where: { authorId: one.authorId } })) === 0;
  const add = () =>
    database.review.create({ data: { ...one, id: newId('rev'), status: 'PUBLISHED', createdAt: new Date() } });
  expect(await lookThenAct(isFirst, add)).toBeGreaterThan(1);
});
