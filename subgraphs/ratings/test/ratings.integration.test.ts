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
    { numRuns: 5 },
  );
  expect(await database.ratingSummary.count()).toBeGreaterThan(0);
});

test('two changes of a rating at once both count; the audit finds one that was lost', async () => {
  const titleId = newId('ttl');
  await Promise.all(
    Array.from({ length: 8 }, (_, index) => write(user(), { subject: { titleId }, stars: (index % 5) + 1 })),
  );
  expect(await differing()).toEqual([]);
  // The control: what a read followed by a write would do to one of two changes.
  await database.$executeRaw`UPDATE rating_summaries SET stars_1 = stars_1 - 1 WHERE subject_id = ${titleId}`;
  expect(await differing()).toEqual([`TITLE ${titleId}: kept {1,2,2,1,1}, recounted {2,2,2,1,1}`]);
  await database.$executeRaw`UPDATE rating_summaries SET stars_1 = stars_1 + 1 WHERE subject_id = ${titleId}`;
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
