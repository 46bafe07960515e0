import { newId } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { audit } from '../src/audit.ts';
import { seed } from '../src/seed.ts';
import { MARK, openRatings, REPORT, UPDATE, user } from './harness.ts';

const harness = await openRatings({ start: false });
const { ask, database, databaseUrl, deliver, execute, write } = harness;

async function differing(): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of audit(database)) lines.push(line);
  return lines;
}

const exported = async (userId: string): Promise<Record<string, object[]>> => {
  const query = 'query ($userId: ID!) { personalData(userId: $userId) }';
  const { data } = await execute(query, { kind: 'service', name: 'accounts' }, { userId });
  return JSON.parse((data as { personalData: string }).personalData) as Record<string, object[]>;
};

test('an erased author’s stars stay, without words and author; everything else of theirs goes', async () => {
  const [author, other, titleId] = [user(), user(), newId('ttl')];
  const { userId } = author;
  const published = await write(author, { subject: { titleId }, stars: 2, text: 'I am Zelda.' });
  const pending = await write(author, { subject: { titleId: newId('ttl') }, stars: 1, text: 'zelda@example.test' });
  const liked = await write(other, { subject: { titleId }, stars: 5 });
  await ask(UPDATE, author, { input: { reviewId: published.id, stars: 2, text: 'I am Zelda.' } });
  await ask(MARK, author, { reviewId: liked.id });
  await ask(REPORT, author, { input: { reviewId: liked.id, reason: 'OTHER' } });
  const held = await exported(userId);
  expect(held).toMatchObject({
    reviews: [{ text: 'I am Zelda.' }, {}],
    edits: [{ reviewId: published.id }],
    helpfulVotes: [{}],
    reports: [{ reason: 'OTHER' }],
  });
  await deliver('account.erased' as never, { userId } as never);
  await deliver('account.erased' as never, { userId } as never);
  expect(await database.review.findMany({ where: { id: { in: [published.id, pending.id] } } })).toMatchObject([
    { id: published.id, authorId: null, text: null, stars: 2 },
  ]);
  expect(Object.values(await exported(userId)).flat()).toEqual([]);
  expect(await database.ratingSummary.findMany({ where: { subjectId: titleId } })).toMatchObject([
    { stars2: 1, stars5: 1 },
  ]);
  expect(await database.review.findUnique({ where: { id: liked.id } })).toMatchObject({
    helpfulCount: 0,
    openReports: 1,
  });
  expect(await differing()).toEqual([]);
});

test('the seed’s reviews are counted, in several languages, and seeded once', async () => {
  await seed({ databaseUrl });
  const count = await database.review.count({ where: { id: { startsWith: 'rev_seed_' } } });
  await seed({ databaseUrl });
  expect(count).toBeGreaterThan(300);
  expect(await database.review.count({ where: { id: { startsWith: 'rev_seed_' } } })).toBe(count);
  expect(await database.review.count({ where: { status: 'PENDING' } })).toBe(4);
  expect(await differing()).toEqual([]);
});
