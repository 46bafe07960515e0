import { newId } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { knownDoubts } from '../src/adapters/known-doubts.ts';
import { addReviewIn } from '../src/adapters/new-reviews.ts';
import { ReviewRepository } from '../src/adapters/reviews.ts';
import type { AddReview } from '../src/domain/ports.ts';
import { judge } from '../src/domain/review.ts';
import type { Subject } from '../src/domain/subject.ts';
import { agent, codeOf, DELETE, MODERATE, openRatings, QUEUE, REPORT, UPDATE, user } from './harness.ts';

const harness = await openRatings();
const { ask, database, execute, moderate, read, write } = harness;

interface Queue {
  readonly edges: readonly { readonly node: { readonly id: string; readonly reports: readonly object[] } }[];
  readonly pageInfo: { readonly endCursor: string | null };
}
const queue = (page: object = {}) => ask<Queue>(QUEUE, agent(), { first: 100, ...page });
const queued = async () => (await queue()).edges.map(({ node }) => node.id);
const doubtful = (author = user()) =>
  write(author, { subject: { titleId: newId('ttl') }, stars: 1, text: 'See www.example.com' });
const published = (author = user()) => write(author, { subject: { titleId: newId('ttl') }, stars: 4 });
const countOf = async (reviewId: string) => {
  const { subjectType, subjectId } = await database.review.findUniqueOrThrow({ where: { id: reviewId } });
  const found = await database.ratingSummary.findUnique({
    where: { subjectType_subjectId: { subjectType, subjectId } },
  });
  return found ? found.stars1 + found.stars2 + found.stars3 + found.stars4 + found.stars5 : 0;
};

test('a doubtful review waits in the queue, those that wait for longest first, page by page', async () => {
  const reviews = [await doubtful(), await doubtful(), await doubtful()];
  const ids = reviews.map(({ id }) => id);
  expect(await queued()).toEqual(expect.arrayContaining(ids));
  const first = await queue({ first: 2 });
  const second = await queue({ first: 100, after: first.pageInfo.endCursor });
  const paged = [...first.edges, ...second.edges].map(({ node }) => node.id);
  expect(paged).toEqual(await queued());
  expect(paged.filter((id) => ids.includes(id))).toEqual(ids);
});

test('a published decision publishes and counts a review, tells its author, and is in the audit log', async () => {
  const author = user();
  const { id } = await doubtful(author);
  expect(await countOf(id)).toBe(0);
  expect(await moderate(agent(), id, 'PUBLISH')).toMatchObject({ review: { status: 'PUBLISHED' } });
  expect(await countOf(id)).toBe(1);
  expect(await queued()).not.toContain(id);
  const events = await database.outboxEvent.findMany({ where: { key: id }, orderBy: { type: 'asc' } });
  const action = { action: 'review.moderated', subjectType: 'Review', subjectId: id, detail: 'PUBLISH' };
  const moderated = { reviewId: id, authorId: author.userId, decision: 'PUBLISH', previousStatus: 'PENDING' };
  expect(events).toMatchObject([
    { type: 'ratings.audited', payload: action },
    { type: 'ratings.review-moderated', payload: moderated },
  ]);
});

test('a moderator’s look at the note on a published review is in the audit log, its author’s and a reader’s are not', async () => {
  const author = user();
  const { id } = await doubtful(author);
  await moderate(agent(), id, 'PUBLISH', { note: 'Kept.' });
  const readNote = async (reader: Parameters<typeof ask>[1]) => {
    const query =
      'query ($of: [_Any!]!) { result: _entities(representations: $of) { ... on Review { moderationNote } } }';
    const [review] = await ask<{ moderationNote: string | null }[]>(query, reader, {
      of: [{ __typename: 'Review', id }],
    });
    return review?.moderationNote;
  };
  const looks = async () => {
    const events = await database.outboxEvent.findMany({ where: { type: 'ratings.audited' } });
    return events.filter(({ payload }) => JSON.stringify(payload).includes(author.userId)).length;
  };
  const before = await looks();
  expect([await readNote(author), await readNote(user()), await readNote({ kind: 'anonymous' })]).toEqual([
    'Kept.',
    null,
    null,
  ]);
  expect(await looks()).toBe(before);
  expect([await readNote(agent()), await looks()]).toEqual(['Kept.', before + 1]);
});

test('a rejected review stays visible to its author, with the note, and an edit waits for a moderator again', async () => {
  const author = user();
  const { id } = await doubtful(author);
  await moderate(agent(), id, 'REJECT', { note: ' Leave out the link. ' });
  const READ =
    'query ($of: [_Any!]!) { result: _entities(representations: $of) { ... on Review { status moderationNote } } }';
  const of = [{ __typename: 'Review', id }];
  expect(await ask(READ, author, { of })).toEqual([{ status: 'REJECTED', moderationNote: 'Leave out the link.' }]);
  expect(codeOf(await execute(READ, user(), { of }))).toBe('FORBIDDEN');
  await ask(UPDATE, author, { input: { reviewId: id, stars: 3, text: 'It was fine.' } });
  expect(await read(id)).toMatchObject({ status: 'PENDING', doubts: ['FOLLOWS_REJECTION'] });
  expect(await queued()).toContain(id);
});

test('of two moderators at once one decides', async () => {
  const { id } = await doubtful();
  const outcomes = await Promise.all(['PUBLISH', 'REJECT'].map((decision) => moderate(agent(), id, decision)));
  const names = outcomes.map(({ __typename }) => __typename).toSorted();
  expect(names).toEqual(['ModerateReviewPayload', 'ReviewDecidedError']);
  const decided = outcomes.find(({ review }) => review)?.review;
  expect((await read(id)).status).toBe(decided?.status);
  expect(await database.outboxEvent.count({ where: { key: id, type: 'ratings.review-moderated' } })).toBe(1);
});

test('a text that its author changed after the moderator read it is not decided on', async () => {
  const author = user();
  const { id, version } = await doubtful(author);
  await ask(UPDATE, author, { input: { reviewId: id, stars: 1, text: 'See www.example.org' } });
  expect(await moderate(agent(), id, 'PUBLISH', { version })).toMatchObject({ __typename: 'ReviewChangedError' });
  expect(await moderate(agent(), id, 'PUBLISH', { version: version + 1 })).toMatchObject({ review: { id } });
});

test('moderating takes the scope, and is not for one’s own review', async () => {
  const moderator = agent();
  const { id: reviewId } = await doubtful(moderator);
  const variables = { reviewId, decision: 'PUBLISH' };
  expect(codeOf(await execute(MODERATE, moderator, variables))).toBe('FORBIDDEN');
  expect(codeOf(await execute(MODERATE, user(), variables))).toBe('FORBIDDEN');
  expect(codeOf(await execute(QUEUE, user()))).toBe('FORBIDDEN');
  expect(codeOf(await execute(QUEUE, { kind: 'anonymous' }))).toBe('UNAUTHENTICATED');
  expect(codeOf(await execute(MODERATE, moderator, { ...variables, reviewId: 'rev_unknown' }))).toBe('NOT_FOUND');
});

test('reports of three people take a published review to the queue, where it stays in sight', async () => {
  const { id: reviewId } = await published();
  const report = (who: ReturnType<typeof user>) =>
    ask<{ reportId: string }>(REPORT, who, { input: { reviewId, reason: 'SPOILER' } });
  const [first, second] = [user(), user()];
  const { reportId } = await report(first);
  expect(await report(first)).toEqual({ reportId });
  await report(second);
  expect(await queued()).not.toContain(reviewId);
  await report(user());
  expect(await read(reviewId)).toMatchObject({ status: 'PUBLISHED', doubts: ['REPORTED'] });
  const waiting = (await queue()).edges.find(({ node }) => node.id === reviewId);
  expect(waiting?.node.reports).toEqual([1, 2, 3].map(() => ({ reason: 'SPOILER' })));
  expect(await countOf(reviewId)).toBe(1);
  await moderate(agent(), reviewId, 'REJECT');
  expect(await countOf(reviewId)).toBe(0);
});

test('an edit keeps a reported review in the queue, and publishing it closes the reports', async () => {
  const author = user();
  const { id: reviewId } = await published(author);
  await ask(REPORT, agent(), { input: { reviewId, reason: 'ABUSE' } });
  await ask(UPDATE, author, { input: { reviewId, stars: 5, text: 'Splendid.' } });
  expect(await read(reviewId)).toMatchObject({ status: 'PUBLISHED', doubts: ['REPORTED'] });
  await moderate(agent(), reviewId, 'PUBLISH');
  expect(await queued()).not.toContain(reviewId);
  await ask(REPORT, user(), { input: { reviewId, reason: 'SPAM' } });
  expect(await queued()).not.toContain(reviewId);
});

test('a reporter is heard again once the author has changed what was decided on, and not before', async () => {
  const [author, reporter] = [user(), agent()];
  const { id: reviewId } = await published(author);
  const report = () => ask<{ reportId: string }>(REPORT, reporter, { input: { reviewId, reason: 'ABUSE' } });
  const first = await report();
  await moderate(agent(), reviewId, 'PUBLISH');
  expect(await report()).toEqual(first);
  expect(await queued()).not.toContain(reviewId);
  await ask(UPDATE, author, { input: { reviewId, stars: 1, text: 'Worse than before.' } });
  expect(await report()).toEqual(first);
  expect(await report()).toEqual(first);
  expect(await queued()).toContain(reviewId);
  expect(await database.review.findUnique({ where: { id: reviewId } })).toMatchObject({ openReports: 1 });
});

test('deleting a reported review and writing it again leads past no moderator', async () => {
  const [author, titleId] = [user(), newId('ttl')];
  const { id: reviewId } = await write(author, { subject: { titleId }, stars: 1 });
  await ask(REPORT, agent(), { input: { reviewId, reason: 'ABUSE' } });
  await ask(DELETE, author, { reviewId });
  const again = await write(author, { subject: { titleId }, stars: 1 });
  expect(await read(again.id)).toMatchObject({ status: 'PENDING', doubts: ['FOLLOWS_REJECTION'] });
});

/**
 * Writes a review while the rejected one of the same subject is being deleted.
 *
 * @param prepare returns what adds the new one
 */
async function rewrite(
  prepare: (authorId: string, subject: Subject) => Promise<AddReview>,
): Promise<string | undefined> {
  const [author, subject] = [user(), { type: 'TITLE', id: newId('ttl') } as const];
  const { id } = await write(author, { subject: { titleId: subject.id }, stars: 1, text: 'See www.example.com' });
  await moderate(agent(), id, 'REJECT');
  const add = await prepare(author.userId, subject);
  const content = { stars: 1, text: null };
  const review = { id: newId('rev'), authorId: author.userId, subject, ...content, createdAt: new Date() };
  const adds = await database.$sqlTransaction(async (tx) => {
    await new ReviewRepository(tx).remove(id, author.userId, new Date());
    const adding = add(review, judge);
    const waiting = () => database.$executeRaw`
      SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await eventually(async () => expect(await waiting()).toBe(1));
    return { adding };
  });
  return (await adds.adding)?.status;
}

test('writing a review while a rejected one is being deleted leads past no moderator', async () => {
  expect(await rewrite(async () => addReviewIn(database, { rateLimits: false }))).toBe('PENDING');
});

test('control: asking for deleted ones before the place is taken does', async () => {
  const askFirst = async (authorId: string, subject: Subject): Promise<AddReview> => {
    const asked = await knownDoubts(database, { authorId, subject, createdAt: new Date() });
    const add = addReviewIn(database, { rateLimits: false });
    return (review, judgeAfter) => add(review, () => judgeAfter(asked));
  };
  expect(await rewrite(askFirst)).toBe('PUBLISHED');
});

test('nobody reports a review of their own, or one that they cannot see', async () => {
  const author = user();
  const [own, hidden] = [await published(author), await doubtful()];
  const report = (reviewId: string) => execute(REPORT, author, { input: { reviewId, reason: 'SPAM' } });
  expect(codeOf(await report(own.id))).toBe('FORBIDDEN');
  expect(codeOf(await report(hidden.id))).toBe('NOT_FOUND');
});
