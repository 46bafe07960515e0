import type { PayloadOf } from '@marquee/events';
import { expect, test } from 'vitest';

import { referralRewarded } from './promotion-notices.ts';
import { written } from '../../test/written.ts';
import { reviewModerated, supportMessagePosted, supportSlaWarned, supportTicketChanged } from './support-notices.ts';

const versions = { version: 2, queueVersion: 2, publicVersion: 2 };
const ticket = { ...versions, ticketId: 'tic_1', customerId: 'usr_ann' };
const message = { ...ticket, messageId: 'msg_1', isAssigning: false };

test('a message of a request is told to whoever did not write it', () => {
  const topic = 'support request tic_1';
  expect(supportMessagePosted({ ...message, by: 'AGENT', assigneeId: 'usr_agent' })).toMatchObject({
    ...{ userId: 'usr_ann', kind: 'SUPPORT', topic, message: { key: 'supportReplied' } },
  });
  expect(supportMessagePosted({ ...message, by: 'CUSTOMER', assigneeId: 'usr_agent' })).toMatchObject({
    ...{ userId: 'usr_agent', topic, message: { key: 'supportCustomerWrote' } },
  });
  expect(supportMessagePosted({ ...message, by: 'CUSTOMER', assigneeId: null })).toBeNull();
  // Its agent is told that it is theirs.
  expect(supportMessagePosted({ ...message, by: 'CUSTOMER', assigneeId: 'usr_agent', isAssigning: true })).toBeNull();
});

test('a customer is told that their request is resolved, an agent that it is theirs, and each once', () => {
  const nobody = { assigneeId: null, previousAssigneeId: null, actorId: null };
  const open = { ...ticket, ...nobody, status: 'OPEN', previousStatus: null };
  expect(supportTicketChanged(open)).toEqual([]);
  const assigned = { ...open, previousStatus: 'OPEN', assigneeId: 'usr_agent' };
  expect(supportTicketChanged(assigned)).toMatchObject([{ userId: 'usr_agent', message: { key: 'supportAssigned' } }]);
  expect(supportTicketChanged({ ...assigned, actorId: 'usr_agent' })).toEqual([]);
  const resolved = { ...assigned, status: 'RESOLVED', previousAssigneeId: 'usr_agent' };
  expect(supportTicketChanged(resolved)).toMatchObject([{ userId: 'usr_ann', message: { key: 'supportResolved' } }]);
  expect(supportTicketChanged({ ...resolved, previousStatus: 'RESOLVED' })).toEqual([]);
});

test('an agent is warned of what is due, and of what is over; the team of what nobody has', () => {
  const warned = { ...versions, ticketId: 'tic_1', target: 'FIRST_RESPONSE' } as const;
  const titles = (to: { assigneeId: string | null; teamIds: string[] }) =>
    [false, true].flatMap((breached) =>
      supportSlaWarned({ ...warned, ...to, breached }).map((notice) => [notice.userId, written(notice).title]),
    );
  expect(titles({ assigneeId: 'usr_agent', teamIds: [] })).toEqual([
    ['usr_agent', 'A support request is due soon'],
    ['usr_agent', 'A support request is overdue'],
  ]);
  expect(titles({ assigneeId: null, teamIds: ['usr_ana', 'usr_ben'] })).toEqual([
    ['usr_ana', 'A request that nobody has is due soon'],
    ['usr_ben', 'A request that nobody has is due soon'],
    ['usr_ana', 'A request that nobody has is overdue'],
    ['usr_ben', 'A request that nobody has is overdue'],
  ]);
});

test('an author is told of the decision on their review', () => {
  const moderated = { reviewId: 'rev_1', authorId: 'usr_ann', previousStatus: 'PENDING', decision: 'REJECT' } as const;
  const told = (change: Partial<PayloadOf<'ratings.review-moderated'>>) => {
    const notice = reviewModerated({ ...moderated, ...change });
    return notice && written(notice);
  };
  expect(told({})).toMatchObject({ userId: 'usr_ann', title: 'Your review was not published' });
  expect(told({ decision: 'PUBLISH' })?.title).toBe('Your review is published');
  expect(told({ previousStatus: 'PUBLISHED' })?.title).toBe('Your review was removed');
});

test('an author is not told that reports changed nothing', () => {
  const kept = { reviewId: 'rev_1', authorId: 'usr_ann', previousStatus: 'PUBLISHED', decision: 'PUBLISH' } as const;
  expect(reviewModerated(kept)).toBeNull();
});

test('both of a referral are told of their reward, each in their own words', () => {
  const reward = { rewardId: 'rwd_1', userId: 'usr_ann', inviteeId: 'usr_bob', amount: 500, currency: 'GBP' };
  const [inviter, invited] = [reward, { ...reward, userId: 'usr_bob' }].map((event) =>
    written(referralRewarded(event)),
  );
  expect(inviter).toMatchObject({ userId: 'usr_ann', title: '£5.00 for your next booking' });
  expect([inviter?.body, invited?.body]).toEqual([
    'Somebody whom you invited has been to a show. Thank you: £5.00 is in your wallet.',
    'Welcome. £5.00 is in your wallet, because a friend invited you.',
  ]);
});
