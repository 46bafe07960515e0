import { expect, test } from 'vitest';

import { type MailNotice, planMails, type Recipient } from './mail-plan.ts';

const now = new Date('2026-12-04T19:30:00.000Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const awake: Recipient = { quietUntil: null, recent: [] };
const asleep = { ...awake, quietUntil: new Date('2026-12-05T07:00:00.000Z') };

const notice = (id: string, change: Partial<MailNotice> = {}): MailNotice => ({
  ...{ id, userId: 'usr_1', kind: 'BOOKING', isUrgent: false, isBulk: false, expiresAt: null, ...change },
});
const some = (...ids: string[]) => ids.map((id) => notice(id));
/** The notices of each mail. */
const mailed = (notices: readonly MailNotice[], recipient: Recipient) =>
  planMails(notices, recipient, now).mails.map(({ noticeIds }) => noticeIds.join());

test('up to three notices of a kind in an hour are a mail each, and more become one digest', () => {
  expect(mailed(some('a', 'b', 'c'), awake)).toEqual(['a', 'b', 'c']);
  expect(mailed(some('a', 'b', 'c', 'd'), awake)).toEqual(['a,b,c,d']);
  const two = { ...awake, recent: [minutesAgo(10), minutesAgo(20)] };
  expect(mailed(some('a'), two)).toEqual(['a']);
  expect(mailed(some('a', 'b'), two)).toEqual(['a,b']);
});

test('after three mails in an hour notices wait until the first of them is an hour old', () => {
  const recent = [minutesAgo(5), minutesAgo(40), minutesAgo(20)];
  expect(planMails(some('a', 'b'), { ...awake, recent }, now)).toEqual({
    ...{ mails: [], dropped: [] },
    waits: [{ noticeIds: ['a', 'b'], until: new Date('2026-12-04T19:50:00.000Z') }],
  });
});

test('what is urgent goes out at once, alone, at night and after many others', () => {
  const urgent = notice('u', { isUrgent: true });
  const { mails, waits } = planMails([notice('a'), urgent], asleep, now);
  expect(mails.map(({ noticeIds }) => noticeIds)).toEqual([['u']]);
  expect(waits).toEqual([{ noticeIds: ['a'], until: asleep.quietUntil }]);
  const busy = { ...awake, recent: [minutesAgo(1), minutesAgo(2), minutesAgo(3)] };
  expect(mailed([urgent, { ...urgent, id: 'v' }], busy)).toEqual(['u', 'v']);
});

test('what is of no use any more is dropped', () => {
  const late = notice('late', { expiresAt: now });
  const soon = notice('soon', { expiresAt: new Date(now.getTime() + 1) });
  expect(planMails([late, soon], awake, now)).toMatchObject({ mails: [{ noticeIds: ['soon'] }], dropped: ['late'] });
});

test('a mail is in the bulk lane when all that it says is', () => {
  const lanes = (...bulk: boolean[]) =>
    planMails(
      bulk.map((isBulk, at) => notice(`${at}`, { isBulk })),
      { ...awake, recent: [minutesAgo(1), minutesAgo(2)] },
      now,
    ).mails.map(({ lane }) => lane);
  expect([lanes(true), lanes(true, true), lanes(true, false)]).toEqual([['BULK'], ['BULK'], ['TRANSACTIONAL']]);
});
