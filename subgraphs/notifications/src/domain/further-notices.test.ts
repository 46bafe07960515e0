import type { PayloadOf } from '@marquee/events';
import { expect, test } from 'vitest';

import { referralReversed, referralRewarded } from './promotion-notices.ts';
import { written } from '../../test/written.ts';
import { dataExportReady, memberChanged, rolesChanged, sessionsEnded, statusChanged } from './account-notices.ts';
import { pageOf, subjectOf } from './notice-subject.ts';
import type { Notice } from './notification.ts';
import { reviewModerated, supportMessagePosted, supportSlaWarned, supportTicketChanged } from './support-notices.ts';

const versions = { version: 2, queueVersion: 2, publicVersion: 2 };
const ticket = { ...versions, ticketId: 'tic_1', customerId: 'usr_ann', category: 'BOOKING' } as const;
const message = { ...ticket, messageId: 'msg_1', isAssigning: false };

test('a message of a request is told to whoever did not write it', () => {
  const topic = 'support request tic_1';
  expect(supportMessagePosted({ ...message, by: 'AGENT', assigneeId: 'usr_agent' })).toMatchObject({
    ...{ userId: 'usr_ann', kind: 'SUPPORT', topic, about: { type: 'SUPPORT_TICKET', id: 'tic_1' } },
    message: { key: 'supportReplied' },
  });
  expect(supportMessagePosted({ ...message, by: 'CUSTOMER', assigneeId: 'usr_agent' })).toMatchObject({
    ...{ userId: 'usr_agent', topic, message: { key: 'supportCustomerWrote' } },
  });
  const replied = supportMessagePosted({ ...message, by: 'AGENT', assigneeId: 'usr_agent' });
  expect(replied && written(replied).title).toBe('We have answered you about your booking');
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
  expect(told({})).toMatchObject({
    ...{ userId: 'usr_ann', about: { type: 'REVIEW', id: 'rev_1' }, title: 'Your review was not published' },
  });
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
  const reversed = written(referralReversed(reward));
  expect(reversed).toMatchObject({ userId: 'usr_ann', title: 'A reward of £5.00 was taken back' });
});

test('a member is told that another one changed their role or removed them, and of nothing that they did themselves', () => {
  const changed: PayloadOf<'account.member-changed'> = {
    ...{ userId: 'usr_ann', organisationId: 'org_1', byUserId: 'usr_bob' },
    ...{ previousRole: 'SCANNER', role: 'MANAGER' },
  };
  const told = (change: Partial<PayloadOf<'account.member-changed'>>) => {
    const notice = memberChanged({ ...changed, ...change });
    return notice && written(notice);
  };
  expect(told({})).toMatchObject({
    ...{ userId: 'usr_ann', kind: 'ACCOUNT', about: { type: 'ORGANISATION', id: 'org_1' } },
    ...{ title: 'Your role in an organisation has changed', body: expect.stringContaining('You are a manager now.') },
  });
  expect(told({ role: null })?.title).toBe('You no longer work for an organisation');
  expect([told({ byUserId: 'usr_ann', role: null }), told({ previousRole: null })]).toEqual([null, null]);
});

test('a person is told that an administrator changed their roles or signed them out', () => {
  const userId = 'usr_ann';
  expect(
    [rolesChanged({ userId, scopes: [] }), sessionsEnded({ userId })].map((notice) => written(notice)),
  ).toMatchObject([
    { userId, kind: 'ACCOUNT', title: 'Your roles have changed' },
    { userId, kind: 'ACCOUNT', title: 'You were signed out everywhere' },
  ]);
});

test('a mail leads to what its notice is about, and a notification names it', () => {
  const about = { type: 'REVIEW', id: 'rev_1' } as const;
  const sites = { storefrontUrl: 'https://shop.example/', backofficeUrl: undefined };
  const page = (notice: Pick<Notice, 'bookingId'> & Partial<Pick<Notice, 'about'>>) =>
    pageOf({ ...notice, message: { key: 'reviewReplied' } }, sites);
  expect(page({ bookingId: null, about })).toBe('https://shop.example/account/reviews');
  const refund = { type: 'REFUND', id: 'ref_1' } as const;
  expect(page({ bookingId: 'lon_bkg_1', about: refund })).toBe('https://shop.example/bookings/lon_bkg_1');
  expect(page({ bookingId: null })).toBe('https://shop.example/notifications');
  expect(page({ bookingId: '../x' })).toBe('https://shop.example/bookings/..%2Fx');
  expect(subjectOf({ bookingId: 'lon_bkg_1' })).toEqual({ type: 'BOOKING', id: 'lon_bkg_1' });
  expect([subjectOf({ bookingId: 'lon_bkg_1', about }), subjectOf({ bookingId: null })]).toEqual([about, null]);
});

test('mails about a request lead its customer to the storefront, and its agent to the desk of the back office', () => {
  const about = { type: 'SUPPORT_TICKET', id: 'sup_1' } as const;
  const sites = { storefrontUrl: 'https://shop.example', backofficeUrl: 'https://shop.example/backoffice' };
  const page = (key: Notice['message']['key']) => pageOf({ about, bookingId: null, message: { key } }, sites);
  expect(page('supportReplied')).toBe('https://shop.example/support/sup_1');
  expect(page('supportResolved')).toBe('https://shop.example/support/sup_1');
  for (const key of ['supportCustomerWrote', 'supportAssigned', 'supportOverdue', 'supportUnassigned'] as const)
    expect([page(key), subjectOf({ about, bookingId: null, message: { key } })]).toEqual([
      'https://shop.example/backoffice/desk/sup_1',
      { type: 'SUPPORT_CASE', id: 'sup_1' },
    ]);
  expect(subjectOf({ about, bookingId: null, message: { key: 'supportReplied' } })).toEqual(about);
  const storefrontAlone = { ...sites, backofficeUrl: undefined };
  expect(pageOf({ about, bookingId: null, message: { key: 'supportAssigned' } }, storefrontAlone)).toBeUndefined();
});

test('a person is told that their data is ready, and that their account is suspended or restored', () => {
  const ready = dataExportReady({ userId: 'usr_ann', exportId: 'exp_1', expiresAt: '2026-12-04T19:30:00.000Z' });
  const changed = (['SUSPENDED', 'ACTIVE'] as const).map((status) => statusChanged({ userId: 'usr_ann', status }));
  expect([ready, ...changed].map((notice) => written(notice))).toMatchObject([
    { userId: 'usr_ann', kind: 'ACCOUNT', title: 'Your data is ready' },
    { title: 'Your account was suspended' },
    { title: 'Your account was restored' },
  ]);
});
