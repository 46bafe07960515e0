import { newId } from '@marquee/subgraph';
import { happens } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { addReviewIn } from '../src/adapters/new-reviews.ts';
import type { AddReview } from '../src/domain/ports.ts';
import { judge, MAX_UNVERIFIED_AN_HOUR } from '../src/domain/review.ts';
import { DELETE, openRatings, UPDATE, user } from './harness.ts';
import { withoutTurns } from './without-turns.ts';

const harness = await openRatings({ start: false });
const { ask, database, read, write } = harness;

test('a flood of reviews by people who were not there waits for a moderator, those of others do not', async () => {
  const [titleId, author, guest] = [newId('ttl'), user(), user()];
  const subject = { subjectType: 'TITLE' as const, subjectId: titleId };
  await database.review.createMany({
    data: Array.from({ length: MAX_UNVERIFIED_AN_HOUR }, () => ({
      ...{ ...subject, id: newId('rev'), authorId: user().userId, stars: 1, status: 'PUBLISHED' as const },
      createdAt: new Date(),
    })),
  });
  await database.attendance.create({ data: { ...subject, userId: guest.userId, attendedAt: new Date() } });
  const review = await write(author, { subject: { titleId }, stars: 1 });
  expect(await read(review.id)).toMatchObject({ status: 'PENDING', doubts: ['SURGE'] });
  expect(await write(guest, { subject: { titleId }, stars: 2 })).toMatchObject({ status: 'PUBLISHED' });
  // Neither an edit nor a second try leads past the moderator.
  await ask(UPDATE, author, { input: { reviewId: review.id, stars: 1 } });
  expect(await read(review.id)).toMatchObject({ status: 'PENDING', doubts: ['SURGE'] });
  await ask(DELETE, author, { reviewId: review.id });
  expect(await write(author, { subject: { titleId }, stars: 1 })).toMatchObject({ status: 'PENDING' });
});

/** How many reviews of a title are published of a crowd that writes at once and was not there. */
async function publishedOfCrowd(add: AddReview): Promise<number> {
  const subject = { type: 'TITLE' as const, id: newId('ttl') };
  const added = await Promise.all(
    Array.from({ length: MAX_UNVERIFIED_AN_HOUR + 20 }, () =>
      add(
        { ...{ id: newId('rev'), authorId: user().userId, subject }, stars: 1, text: null, createdAt: new Date() },
        judge,
      ),
    ),
  );
  return added.filter((review) => review?.status === 'PUBLISHED').length;
}

test('of a crowd that was not there and reviews at once, as many are published as one after the other', async () => {
  expect(await publishedOfCrowd(addReviewIn(database, { rateLimits: true }))).toBe(MAX_UNVERIFIED_AN_HOUR);
});

test('control: without turns at the subject it is more', async () => {
  const add = addReviewIn(withoutTurns(database), { rateLimits: false });
  expect(await happens(async () => (await publishedOfCrowd(add)) > MAX_UNVERIFIED_AN_HOUR)).toBe(true);
});
