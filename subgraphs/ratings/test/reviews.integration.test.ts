import { newId } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { agent, codeOf, DELETE, MARK, openRatings, REPLY, UNMARK, UPDATE, user, WRITE } from './harness.ts';

const harness = await openRatings();
const { ask, deliver, database, execute, read, statements, write } = harness;

const subject = () => ({ titleId: newId('ttl') });
const ENTITIES = `query ($of: [_Any!]!, $sort: ReviewSort, $first: Int, $after: String) {
  result: _entities(representations: $of) {
    ... on Title { id rating { average score count distribution { stars count } }
      reviews(sort: $sort, first: $first, after: $after) { edges { node { id author { id } } } pageInfo { endCursor } } }
    ... on Venue { id rating { average count } reviews { edges { node { id reply { text } } } } }
    ... on User { reviews { edges { node { id status } } } } } }`;

interface Subject {
  readonly rating: { readonly average: number | null; readonly count: number };
  readonly reviews: {
    readonly edges: readonly { readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly endCursor: string | null };
  };
}
const subjects = (
  typename: string,
  ids: readonly string[],
  page: object = {},
  caller: Parameters<typeof ask>[1] = { kind: 'anonymous' },
) => ask<Subject[]>(ENTITIES, caller, { of: ids.map((id) => ({ __typename: typename, id })), ...page });
const ratingOf = async (titleId: string) => (await subjects('Title', [titleId]))[0]?.rating;

test('a review is published, counted and shown to everybody, with its author’s id', async () => {
  const [author, { titleId }] = [user(), subject()];
  const review = await write(author, { subject: { titleId }, stars: 4, text: ' Grand. ' });
  expect(review).toMatchObject({ stars: 4, text: 'Grand.', status: 'PUBLISHED', verifiedAttendee: false });
  expect(await subjects('Title', [titleId])).toMatchObject([
    {
      rating: { average: 4, score: (35 + 4) / 11, count: 1, distribution: [{}, { stars: 4, count: 1 }, {}, {}, {}] },
      reviews: { edges: [{ node: { id: review.id, author: { id: author.userId } } }] },
    },
  ]);
});

test('a person reviews a subject once, also by concurrent requests', async () => {
  const [author, { titleId }] = [user(), subject()];
  const results = await Promise.all(
    [1, 2, 3].map((stars) =>
      ask<{ __typename: string; message?: string }>(WRITE, author, { input: { subject: { titleId }, stars } }),
    ),
  );
  expect(results.map(({ __typename }) => __typename).toSorted()).toEqual([
    'ReviewExistsError',
    'ReviewExistsError',
    'WriteReviewPayload',
  ]);
  expect((await ratingOf(titleId))?.count).toBe(1);
});

test.each([
  [{ subject: { titleId: 'ttl_1' }, stars: 6 }, 'BAD_USER_INPUT'],
  [{ subject: {}, stars: 3 }, 'BAD_USER_INPUT'],
  [{ subject: { titleId: 'ttl_1', venueId: 'ven_1' }, stars: 3 }, 'BAD_USER_INPUT'],
  [{ subject: { titleId: 'ttl_unknown' }, stars: 3 }, 'NOT_FOUND'],
  [{ subject: { venueId: 'ven_unknown' }, stars: 3 }, 'NOT_FOUND'],
])('%j is refused', async (input, code) => {
  expect(codeOf(await execute(WRITE, user(), { input }))).toBe(code);
});

test('an edit is screened again, and changes the rating with it', async () => {
  const [author, { titleId }] = [user(), subject()];
  const { id: reviewId } = await write(author, { subject: { titleId }, stars: 2, text: 'Dull.' });
  const edit = (stars: number, text: string) => ask(UPDATE, author, { input: { reviewId, stars, text } });
  expect(await edit(5, 'See www.example.com')).toMatchObject({ review: { status: 'PENDING', stars: 5 } });
  expect(await ratingOf(titleId)).toMatchObject({ average: null, count: 0 });
  expect(await edit(5, 'Better than I thought.')).toMatchObject({ review: { status: 'PUBLISHED' } });
  expect(await ratingOf(titleId)).toMatchObject({ average: 5, count: 1 });
  const stranger = { input: { reviewId, stars: 1 } };
  expect(codeOf(await execute(UPDATE, user(), stranger))).toBe('FORBIDDEN');
  expect(codeOf(await execute(UPDATE, { kind: 'anonymous' }, stranger))).toBe('UNAUTHENTICATED');
});

test('a deleted review leaves the rating at once, and its author may write another', async () => {
  const [author, { titleId }] = [user(), subject()];
  const { id: reviewId } = await write(author, { subject: { titleId }, stars: 1 });
  await ask(MARK, user(), { reviewId });
  expect(codeOf(await execute(DELETE, user(), { reviewId }))).toBe('FORBIDDEN');
  expect(await ask(DELETE, author, { reviewId })).toEqual({ __typename: 'DeleteReviewPayload' });
  expect(await ratingOf(titleId)).toMatchObject({ count: 0 });
  expect(await ask(DELETE, author, { reviewId })).toMatchObject({ __typename: 'ReviewDeletedError' });
  expect(codeOf(await execute(DELETE, author, { reviewId: 'rev_unknown' }))).toBe('NOT_FOUND');
  expect(await write(author, { subject: { titleId }, stars: 5 })).toMatchObject({ status: 'PUBLISHED' });
});

test('deleting a review that waits and writing it again leads past no moderator', async () => {
  const [author, { titleId }] = [user(), subject()];
  const { id: reviewId } = await write(author, { subject: { titleId }, stars: 1, text: 'See www.example.com' });
  await ask(DELETE, author, { reviewId });
  const again = await write(author, { subject: { titleId }, stars: 1, text: 'Fine.' });
  expect(await read(again.id)).toMatchObject({ status: 'PENDING', doubts: ['FOLLOWS_REJECTION'] });
});

test('the check-in of the author with a ticket that was sold verifies a review, whichever comes first', async () => {
  const [author, { titleId }, venueId] = [user(), subject(), newId('ven')];
  const show = {
    showId: 'lon_shw_1',
    titleName: 'Arrival',
    venueName: 'Odeon',
    startsAt: '2026-12-04T19:30:00.000Z',
    timeZone: 'Europe/London',
  };
  const before = await write(author, { subject: { titleId }, stars: 5 });
  const ticket = { ticketId: 'lon_tkt_1', checkedInAt: '2026-12-04T19:20:00.000Z', seat: 'C7' };
  const checkIn = { ...show, ...ticket, holderId: author.userId, titleId, venueId };
  await deliver('booking.ticket-checked-in', checkIn);
  await deliver('booking.ticket-checked-in', checkIn);
  await deliver('booking.ticket-checked-in', { ...checkIn, titleId: null, venueId: null });
  const after = await write(author, { subject: { venueId }, stars: 4 });
  const other = await write(user(), { subject: { titleId }, stars: 4 });
  const verified = await Promise.all([before, after, other].map(async ({ id }) => (await read(id)).verifiedAttendee));
  expect(verified).toEqual([true, true, false]);
  const guest = user();
  const given = await write(guest, { subject: { venueId }, stars: 5 });
  const admit = (isComplimentary: boolean) =>
    deliver('booking.ticket-checked-in', { ...checkIn, holderId: guest.userId, isComplimentary });
  await admit(true);
  expect(await read(given.id)).toMatchObject({ verifiedAttendee: false });
  await admit(false);
  expect(await read(given.id)).toMatchObject({ verifiedAttendee: true });
});

test('no member of an organisation reviews its titles and venues, whatever their role; others do', async () => {
  const ofTheirs = [subject(), { venueId: newId('ven') }];
  const refused = { __typename: 'ConflictOfInterestError', message: expect.stringContaining('you cannot review it') };
  for (const of of ofTheirs) {
    for (const member of ['usr_owner', 'usr_manager', 'usr_scanner']) {
      expect(await ask(WRITE, user(member), { input: { subject: of, stars: 5 } })).toMatchObject(refused);
    }
    expect(await write(user('usr_competitor'), { subject: of, stars: 3 })).toMatchObject({ status: 'PUBLISHED' });
  }
});

test('who joins the organisation of what they reviewed changes that review no more, and can delete it', async () => {
  const [author, { titleId }] = [user('usr_scanner'), subject()];
  const { id: reviewId } = await write(user(), { subject: { titleId }, stars: 2 });
  await database.review.update({ where: { id: reviewId }, data: { authorId: author.userId } });
  expect(await ask(UPDATE, author, { input: { reviewId, stars: 5 } })).toMatchObject({
    __typename: 'ConflictOfInterestError',
  });
  expect(await ratingOf(titleId)).toMatchObject({ average: 2 });
  expect(await ask(DELETE, author, { reviewId })).toEqual({ __typename: 'DeleteReviewPayload' });
});

test('a person finds a review helpful once, never their own, and can take it back', async () => {
  const [author, reader, { titleId }] = [user(), user(), subject()];
  const { id: reviewId } = await write(author, { subject: { titleId }, stars: 5 });
  const helpful = { review: { helpfulCount: 1 } };
  await Promise.all([1, 2, 3].map(() => ask(MARK, reader, { reviewId })));
  expect(await ask(MARK, reader, { reviewId })).toEqual(helpful);
  expect(await ask(MARK, user(), { reviewId })).toEqual({ review: { helpfulCount: 2 } });
  await Promise.all([1, 2].map(() => ask(UNMARK, reader, { reviewId })));
  expect(await ask(UNMARK, reader, { reviewId })).toEqual(helpful);
  expect(codeOf(await execute(MARK, author, { reviewId }))).toBe('FORBIDDEN');
  expect(codeOf(await execute(MARK, reader, { reviewId: 'rev_unknown' }))).toBe('NOT_FOUND');
});

test('an owner or manager of a venue’s organisation replies, nobody else does', async () => {
  const [author, venueId] = [user(), newId('ven')];
  const { id: reviewId } = await write(author, { subject: { venueId }, stars: 2, text: 'Cold.' });
  const reply = (who: string, text = 'We mended the heating.') => execute(REPLY, user(who), { reviewId, text });
  for (const who of ['usr_scanner', 'usr_competitor', 'usr_stranger', author.userId]) {
    expect(codeOf(await reply(who))).toBe('FORBIDDEN');
  }
  expect(codeOf(await reply('usr_owner', ' '))).toBe('BAD_USER_INPUT');
  expect(await reply('usr_owner')).toMatchObject({
    data: { result: { review: { reply: { text: 'We mended the heating.' } } } },
  });
  await reply('usr_manager', 'It is warm now.');
  expect(await subjects('Venue', [venueId])).toMatchObject([
    { reviews: { edges: [{ node: { reply: { text: 'It is warm now.' } } }] } },
  ]);
  const told = await database.outboxEvent.findMany({ where: { key: reviewId, type: 'ratings.review-replied' } });
  expect(told).toMatchObject([{ payload: { reviewId, authorId: author.userId } }]);
  const ofTitle = await write(author, { subject: subject(), stars: 2 });
  expect(await ask(REPLY, user('usr_owner'), { reviewId: ofTitle.id, text: 'Thanks' })).toMatchObject({
    __typename: 'ReviewTakesNoReplyError',
  });
});

test('a person sees all reviews of their own; others and the public see those published', async () => {
  const [author, { titleId }] = [user(), subject()];
  const published = await write(author, { subject: { titleId }, stars: 5 });
  const pending = await write(author, { subject: subject(), stars: 5, text: 'www.example.com' });
  const mine = await subjects('User', [author.userId], {}, author);
  expect(mine[0]?.reviews.edges.map(({ node }) => node.id)).toEqual([pending.id, published.id]);
  const of = { of: [{ __typename: 'User', id: author.userId }] };
  expect(codeOf(await execute(ENTITIES, user(), of))).toBe('FORBIDDEN');
  const READ = 'query ($of: [_Any!]!) { result: _entities(representations: $of) { ... on Review { text doubts } } }';
  const review = { of: [{ __typename: 'Review', id: pending.id }] };
  expect(codeOf(await execute(READ, user(), review))).toBe('FORBIDDEN');
  const own = await execute(READ, author, review);
  expect(own).toMatchObject({
    data: { result: [{ text: 'www.example.com', doubts: null }] },
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  });
  expect(await ask(READ, agent(), review)).toMatchObject([{ doubts: ['LINK'] }]);
});

test('a title or venue has the caller’s own review, whatever its status, and nobody else’s', async () => {
  const VIEWER_REVIEW = `query ($of: [_Any!]!) { result: _entities(representations: $of) {
    ... on Title { viewerReview { id status } } ... on Venue { viewerReview { id status } } } }`;
  const [author, other, titleId, venueId] = [user(), user(), newId('ttl'), newId('ven')];
  const pending = await write(author, { subject: { titleId }, stars: 1, text: 'www.example.com' });
  const ofVenue = await write(author, { subject: { venueId }, stars: 4 });
  await write(other, { subject: { venueId }, stars: 2 });
  const titles = Array.from({ length: 50 }, () => ({ __typename: 'Title', id: newId('ttl') }));
  const of = [{ __typename: 'Title', id: titleId }, { __typename: 'Venue', id: venueId }, ...titles];
  const seenBy = (caller: Parameters<typeof ask>[1]) =>
    ask<{ viewerReview: { id: string; status: string } | null }[]>(VIEWER_REVIEW, caller, { of });
  const sent = await statements.during(async () => {
    expect((await seenBy(author)).slice(0, 3)).toEqual([
      { viewerReview: { id: pending.id, status: 'PENDING' } },
      { viewerReview: { id: ofVenue.id, status: 'PUBLISHED' } },
      { viewerReview: null },
    ]);
  });
  expect(sent.filter((sql) => sql.includes('FROM reviews'))).toHaveLength(2);
  for (const stranger of [{ kind: 'anonymous' } as const, user(), agent()]) {
    expect((await seenBy(stranger)).filter(({ viewerReview }) => viewerReview !== null)).toEqual([]);
  }
});

test('each sort lists every review once over its pages', async () => {
  const { titleId } = subject();
  const written: { id: string; stars: number; helpful: number; at: number }[] = [];
  for (const [at, stars] of [3, 5, 1, 5, 3].entries()) {
    const { id } = await write(user(), { subject: { titleId }, stars });
    const helpful = [2, 0, 1, 0, 2][at] ?? 0;
    for (let vote = 0; vote < helpful; vote += 1) await ask(MARK, user(), { reviewId: id });
    written.push({ id, stars, helpful, at });
  }
  const expected = (rank: (each: (typeof written)[number]) => number) =>
    written.toSorted((a, b) => rank(b) - rank(a) || b.at - a.at).map(({ id }) => id);
  const listed = async (sort: string): Promise<string[]> => {
    const ids: string[] = [];
    for (let after: string | null = null; ids.length < 10;) {
      const [title] = await subjects('Title', [titleId], { sort, first: 2, after });
      ids.push(...(title?.reviews.edges ?? []).map(({ node }) => node.id));
      after = title?.reviews.pageInfo.endCursor ?? null;
      if (after === null || title?.reviews.edges.length !== 2) break;
    }
    return ids;
  };
  expect(await listed('NEWEST')).toEqual(expected(() => 0));
  expect(await listed('MOST_HELPFUL')).toEqual(expected(({ helpful }) => helpful));
  expect(await listed('HIGHEST')).toEqual(expected(({ stars }) => stars));
  expect(await listed('LOWEST')).toEqual(expected(({ stars }) => -stars));
  const wrong = Buffer.from(JSON.stringify([2 ** 40, new Date().toISOString(), 'rev_1'])).toString('base64url');
  const page = { of: [{ __typename: 'Title', id: titleId }], after: wrong };
  expect(codeOf(await execute(ENTITIES, user(), page))).toBe('BAD_USER_INPUT');
});

test('ratings of fifty titles take one statement, and so do their reviews', async () => {
  const ids = Array.from({ length: 50 }, () => newId('ttl'));
  await write(user(), { subject: { titleId: ids[7] }, stars: 3 });
  const sent = await statements.during(async () => {
    const found = await subjects('Title', [...ids, 'ttl_\0']);
    expect(found.map(({ rating }) => rating.count)).toEqual([...ids, 'none'].map((_, index) => (index === 7 ? 1 : 0)));
  });
  expect(sent.filter((sql) => sql.includes('rating_summaries'))).toHaveLength(1);
  expect(sent.filter((sql) => sql.includes('FROM reviews'))).toHaveLength(1);
});
