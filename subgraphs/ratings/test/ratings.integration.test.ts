import fc from 'fast-check';
import { newId } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { audit } from '../src/audit.ts';
import { RatingRepository } from '../src/adapters/ratings.ts';
import { agent, DELETE, MARK, openRatings, REPORT, UNMARK, UPDATE, user } from './harness.ts';

const harness = await openRatings({ start: false });
const { ask, database, moderate, write } = harness;

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
