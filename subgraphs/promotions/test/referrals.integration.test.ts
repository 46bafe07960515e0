import { type FindOrganisationRoles, newId } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import fastify from 'fastify';
import { expect, test } from 'vitest';

import { rewardReferrals, type RewardReferralsDeps } from '../src/use-cases/reward-referrals.ts';
import { InvitationRepository } from '../src/adapters/invitations.ts';
import { lockWaits, openPromotions, user } from './harness.ts';

const REFERRAL = `query($users: [_Any!]!) { _entities(representations: $users) { ... on User { referral {
  code shareUrl invitedCount rewardedCount earned { amount currency } earnedByCurrency { amount currency } } } } }`;

const harness = await openPromotions({ settings: { storefrontUrl: 'https://tickets.example' } });
const { database, deliver, execute } = harness;

interface Shown {
  readonly code: string;
  readonly invitedCount: number;
  readonly rewardedCount: number;
  readonly earned: { readonly amount: number; readonly currency: string };
}

async function referralOf(userId: string, caller = user(userId)): Promise<Shown> {
  const { data, errors } = await execute(REFERRAL, caller, { users: [{ __typename: 'User', id: userId }] });
  if (errors?.[0]) return { code: errors[0].extensions?.['code'] } as Shown;
  return (data as { _entities: [{ referral: Shown }] })._entities[0].referral;
}

/** Lets somebody sign up with a person's code. */
async function invite(referrerId: string, inviteeId = newId('usr')): Promise<string> {
  const { code } = await referralOf(referrerId);
  await deliver('account.registered', { userId: inviteeId, referralCode: code });
  return inviteeId;
}

/** Lets a person attend a booking of their own. @returns its id */
async function attend(customerId: string, holderId = customerId, total = 2_000, more: object = {}): Promise<string> {
  const bookingId = newId('bkg');
  await deliver('booking.ticket-checked-in', {
    ...{ ticketId: newId('tkt'), showId: 'shw_1', titleName: 'Metropolis', venueName: 'Rialto', seat: 'A1' },
    ...{ startsAt: '2026-12-01T19:00:00.000Z', checkedInAt: '2026-12-01T19:00:00.000Z', timeZone: 'Europe/London' },
    ...{ holderId, titleId: null, venueId: null, bookingId, customerId, total: { amount: total, currency: 'GBP' } },
    paymentIds: [paymentOf(bookingId)],
    ...more,
  });
  return bookingId;
}

const paymentOf = (bookingId: string): string => `pay_${bookingId}`;

/** Refunds a payment. @param left of it, in minor units */
const refund = (customerId: string, bookingId: string, left: number, paymentId = paymentOf(bookingId)) =>
  deliver('payment.refunded', {
    ...{ refundId: newId('rfd'), paymentId, customerId, bookingId },
    ...{ amount: { amount: 500, currency: 'GBP' }, left: { amount: left, currency: 'GBP' } },
  });

const invitations = new InvitationRepository(database);

/** The people whom the job asks for: everybody has a wallet in pounds and a verified address, and works for nobody. */
const answers = {
  ...{ invitations, rewardDelayDays: 0, findOrganisationRoles: async () => [] },
  findWalletCurrencies: async (ids: readonly string[]) => new Map(ids.map((id) => [id, 'GBP'])),
  findVerified: async (ids: readonly string[]) => new Set(ids),
};

const runJob = (change: Partial<RewardReferralsDeps> = {}): Promise<void> => rewardReferrals({ ...answers, ...change });

const statusOf = async (inviteeId: string) =>
  (await database.referral.findUnique({ where: { inviteeId } }))?.status ?? null;

const toldOf = (type: string, inviteeId: string) =>
  database.outboxEvent.count({ where: { type, payload: { path: ['inviteeId'], equals: inviteeId } } });

test('a person has one code, which is made when they first ask for it, however often at once', async () => {
  const userId = newId('usr');
  const asked = await Promise.all(Array.from({ length: 8 }, () => referralOf(userId)));
  expect(new Set(asked.map(({ code }) => code)).size).toBe(1);
  const nothing = { amount: 0, currency: 'EUR' };
  expect(asked[0]).toEqual({
    code: expect.stringMatching(/^\w{8}$/),
    shareUrl: `https://tickets.example/join?ref=${asked[0]?.code}`,
    ...{ invitedCount: 0, rewardedCount: 0, earned: nothing, earnedByCurrency: [] },
  });
  expect(await referralOf(userId, user('usr_agent', ['users:read']))).toEqual({ code: 'FORBIDDEN' });
});

test('the page of a share link has the code, the reward and how to sign up, in the language of the browser', async () => {
  const app = fastify();
  harness.subgraph.routes?.(app);
  const page = (ref: string, language: string) =>
    app.inject({ url: '/pages/promotions/join', query: { ref }, headers: { 'accept-language': language } });
  const { statusCode, body, headers } = await page('abcd2345', 'de-CH,de;q=0.9');
  expect([statusCode, headers['cache-control']]).toEqual([200, 'no-store']);
  for (const text of ['lang="de"', 'ABCD2345', 'Ihrer Währung', '400', 'https://tickets.example/join?ref=ABCD2345']) {
    expect(body).toContain(text);
  }
  const broken = await page('"><script>', 'fr');
  expect(broken.statusCode).toBe(404);
  expect(broken.body).not.toContain('script');
  expect(broken.body).toContain('This link is not complete');
});

test('both are rewarded once, after the first attended booking of the one who was invited', async () => {
  const referrer = newId('usr');
  const invitee = await invite(referrer);
  await attend(referrer);
  await runJob();
  expect(await statusOf(invitee)).toBe('PENDING');
  await attend(invitee, newId('usr'));
  await attend(invitee, invitee, 0);
  expect(await statusOf(invitee)).toBe('PENDING');
  for (let time = 1; time <= 2; time += 1) {
    await attend(invitee);
    await Promise.all([runJob(), runJob()]);
  }
  expect(await toldOf('promotions.referral-rewarded', invitee)).toBe(2);
  const reward = { amount: 400, currency: 'GBP' };
  expect(await referralOf(referrer)).toMatchObject({ invitedCount: 1, rewardedCount: 1, earned: reward });
  expect(await referralOf(invitee)).toMatchObject({ invitedCount: 0, earned: { amount: 0 } });
});

test('a person is invited once, by nobody who does not exist, not by themselves and not in a circle', async () => {
  const [a, b, c] = [newId('usr'), newId('usr'), newId('usr')] as const;
  await deliver('account.registered', { userId: newId('usr'), referralCode: 'NOSUCH23' });
  await invite(a, a);
  expect(await statusOf(a)).toBeNull();
  await invite(a, b);
  await invite(newId('usr'), b);
  await invite(b, c);
  await invite(c, a);
  await invite(b, a);
  expect(await statusOf(a)).toBeNull();
  expect(await database.referral.findUnique({ where: { inviteeId: b } })).toMatchObject({ referrerId: a });
  const insert = database.referral.create({ data: { inviteeId: a, referrerId: c, status: 'PENDING' } });
  await expect(insert).rejects.toThrow('referrals_no_circle');
  const own = database.referral.create({ data: { inviteeId: a, referrerId: a, status: 'PENDING' } });
  await expect(own).rejects.toThrow(/referrals_no_circle|referrals_not_self/);
});

test('of two people who invite each other at once one is refused by the database; without its trigger neither is', async () => {
  const race = async () => {
    const [a, b] = [newId('usr'), newId('usr')];
    const link = (inviteeId: string, referrerId: string) =>
      database.$transaction(async (tx) => {
        await tx.referral.create({ data: { inviteeId, referrerId, status: 'PENDING' } });
        await tx.$executeRaw`SELECT pg_sleep(0.05)`;
      });
    const linked = await Promise.allSettled([link(a, b), link(b, a)]);
    return linked.filter(({ status }) => status === 'fulfilled').length;
  };
  expect(await race()).toBe(1);
  await database.$executeRaw`ALTER TABLE referrals DISABLE TRIGGER referrals_make_no_circle`;
  expect(await race()).toBe(2);
  await database.$executeRaw`ALTER TABLE referrals ENABLE TRIGGER referrals_make_no_circle`;
});

test('a reward is taken back from both when its booking is refunded, and the next attended one counts no more', async () => {
  const referrer = newId('usr');
  const invitee = await invite(referrer);
  const bookingId = await attend(invitee);
  await runJob();
  await refund(invitee, bookingId, 1_600);
  expect(await statusOf(invitee)).toBe('REWARDED');
  // Less is left than a visit has to cost. What is reported late, of before, changes nothing.
  for (const left of [1_599, 1_599, 1_700]) await refund(invitee, bookingId, left);
  expect([await statusOf(invitee), await toldOf('promotions.referral-reversed', invitee)]).toEqual(['REVERSED', 2]);
  await attend(invitee);
  await runJob();
  expect(await toldOf('promotions.referral-rewarded', invitee)).toBe(2);
  expect(await referralOf(referrer)).toMatchObject({ invitedCount: 1, rewardedCount: 0, earned: { amount: 0 } });
});

test('a booking that is refunded before its reward leaves the next one to be attended', async () => {
  const invitee = await invite(newId('usr'));
  const bookingId = await attend(invitee);
  await refund(invitee, bookingId, 0);
  await runJob();
  expect(await statusOf(invitee)).toBe('PENDING');
  await attend(invitee);
  await runJob();
  expect(await statusOf(invitee)).toBe('REWARDED');
});

test('only payments of the visit take its reward back, by refund or a lost dispute, once too little is left of them', async () => {
  const invitee = await invite(newId('usr'));
  const bookingId = await attend(invitee, invitee, 2_400, {
    paymentIds: ['pay_1', 'pay_2'],
    payments: [
      { paymentId: 'pay_1', amount: 400 },
      { paymentId: 'pay_2', amount: 2_000 },
    ],
  });
  await runJob();
  for (const id of ['pay_late', 'pay_1']) await refund(invitee, bookingId, 0, id);
  expect(await statusOf(invitee)).toBe('REWARDED');
  const dispute = { disputeId: newId('dsp'), paymentId: 'pay_2', bookingId, customerId: invitee };
  const decide = (outcome: 'WON' | 'LOST') =>
    deliver('payment.dispute-closed', { ...dispute, amount: { amount: 2_000, currency: 'GBP' }, outcome });
  await decide('WON');
  expect(await statusOf(invitee)).toBe('REWARDED');
  await decide('LOST');
  expect(await statusOf(invitee)).toBe('REVERSED');
});

/** A refund that commits while the check-in waits for it. @returns the status afterwards */
async function refundDuring(attendOne: (invitee: string) => Promise<unknown>): Promise<string | null> {
  const invitee = await invite(newId('usr'));
  let attending: Promise<unknown> = Promise.resolve();
  await database.$transaction(async (tx) => {
    await new InvitationRepository(tx).refund([{ customerId: invitee, paymentId: 'pay_raced', left: 0 }], 60);
    attending = attendOne(invitee);
    await eventually(async () => expect(await lockWaits(harness)).toBe(1));
  });
  await attending;
  return statusOf(invitee);
}

test('a refund prevents a reward also when it comes before the check-in, or at once; read apart, it does not', async () => {
  const invitee = await invite(newId('usr'));
  await refund(invitee, newId('bkg'), 0, 'pay_early');
  await attend(invitee, invitee, 2_000, { paymentIds: ['pay_early'] });
  expect(await statusOf(invitee)).toBe('PENDING');
  const raced = { paymentIds: ['pay_raced'] };
  expect(await refundDuring((id) => attend(id, id, 2_000, raced))).toBe('PENDING');
  const readApart = (id: string) => database.$executeRaw`
    UPDATE referrals SET status = 'DUE' FROM (SELECT invitee_id AS id FROM referrals
      WHERE NOT payments_left ? 'pay_raced' OFFSET 0) AS seen
    WHERE invitee_id = seen.id AND invitee_id = ${id}`;
  expect(await refundDuring(readApart)).toBe('DUE');
});

test('a visit that cost less than twice both rewards is none that is rewarded', async () => {
  const invitee = await invite(newId('usr'));
  await attend(invitee, invitee, 1_599);
  await attend(invitee, invitee, 2_000, { paid: { amount: 1, currency: 'GBP' } });
  expect(await statusOf(invitee)).toBe('PENDING');
});

test('rewards wait for some days after the visit, so that a refund prevents them', async () => {
  const invitee = await invite(newId('usr'));
  await attend(invitee);
  await runJob({ rewardDelayDays: 3 });
  expect(await statusOf(invitee)).toBe('DUE');
  await database.$executeRaw`UPDATE referrals SET attended_at = now() - interval '3 days' WHERE invitee_id = ${invitee}`;
  await runJob({ rewardDelayDays: 3 });
  expect(await statusOf(invitee)).toBe('REWARDED');
});

test('nobody is rewarded for a visit to a show of their own organisation, or with an address that is not verified', async () => {
  const [referrer, other] = [newId('usr'), newId('usr')];
  const [partner, stranger, unverified] = [await invite(referrer), await invite(other), await invite(newId('usr'))];
  for (const id of [partner, stranger, unverified]) await attend(id, id, 2_000, { organisationId: 'org_own' });
  const mine = [{ organisationId: 'org_own', role: 'OWNER' }] as const;
  const findOrganisationRoles = (async (id: string) => (id === referrer ? mine : [])) as FindOrganisationRoles;
  const findVerified = async (ids: readonly string[]) => new Set(ids.filter((id) => id !== unverified));
  await runJob({ findOrganisationRoles, findVerified });
  expect(await Promise.all([partner, stranger, unverified].map(statusOf))).toEqual(['REFUSED', 'REWARDED', 'REFUSED']);
});

test('who has no wallet is rewarded in the currency of the visit', async () => {
  const referrer = newId('usr');
  const invitee = await invite(referrer);
  await attend(invitee);
  await runJob({ findWalletCurrencies: async () => new Map([[invitee, 'EUR']]) });
  expect(await referralOf(referrer)).toMatchObject({ earned: { amount: 400, currency: 'GBP' } });
});

/** Rewards twelve people whom one has invited, by several jobs at once. @returns how many were */
async function rewardTwelve(): Promise<number> {
  const referrer = newId('usr');
  const invited = await Promise.all(Array.from({ length: 12 }, () => invite(referrer)));
  await Promise.all(invited.map((id) => attend(id)));
  await Promise.all([runJob(), runJob(), runJob()]);
  return database.referral.count({ where: { referrerId: referrer, status: 'REWARDED' } });
}

test('a person is rewarded for ten people in a period, by a constraint; without it for more', async () => {
  expect(await rewardTwelve()).toBe(10);
  await database.$executeRaw`ALTER TABLE reward_periods DROP CONSTRAINT reward_periods_within_limit`;
  expect(await rewardTwelve()).toBe(12);
  await database.$executeRaw`DELETE FROM reward_periods`;
  await database.$executeRaw`
    ALTER TABLE reward_periods ADD CONSTRAINT reward_periods_within_limit CHECK (rewarded <= 10)`;
});

test('a suspension takes lately given rewards back, lets none be given, and leaves old ones', async () => {
  const referrer = newId('usr');
  const [rewarded, old, pending] = [await invite(referrer), await invite(referrer), await invite(referrer)];
  await attend(rewarded);
  await attend(old);
  await runJob();
  await database.referral.update({ where: { inviteeId: old }, data: { decidedAt: new Date('2026-01-01') } });
  await deliver('account.status-changed', { userId: referrer, status: 'SUSPENDED' });
  await deliver('account.status-changed', { userId: referrer, status: 'SUSPENDED' });
  await attend(pending);
  await runJob();
  expect(await Promise.all([rewarded, old, pending].map(statusOf))).toEqual(['REVERSED', 'REWARDED', 'REFUSED']);
  expect(await toldOf('promotions.referral-reversed', rewarded)).toBe(2);
  await deliver('account.status-changed', { userId: referrer, status: 'ACTIVE' });
  expect(await statusOf(rewarded)).toBe('REVERSED');
});

test('while somebody is suspended nobody signs up with their code, and nothing is rewarded that was in between', async () => {
  const referrer = newId('usr');
  const overtaken = await invite(referrer);
  await attend(overtaken);
  await deliver('account.status-changed', { userId: referrer, status: 'SUSPENDED' });
  const late = await invite(referrer);
  expect(await statusOf(late)).toBeNull();
  // As if its event had been handled at the same moment.
  await database.referral.update({ where: { inviteeId: overtaken }, data: { status: 'DUE' } });
  await runJob();
  expect([await statusOf(overtaken), await toldOf('promotions.referral-rewarded', overtaken)]).toEqual(['REFUSED', 0]);
  await deliver('account.status-changed', { userId: referrer, status: 'ACTIVE' });
  expect(await statusOf(await invite(referrer))).toBe('PENDING');
});

test('a reward that fails keeps no other from its people', async () => {
  const [broken, fine] = [await invite(newId('usr')), await invite(newId('usr'))];
  await attend(broken);
  await attend(fine);
  const failing = {
    ...{ due: invitations.due.bind(invitations), refuse: invitations.refuse.bind(invitations) },
    reward: (...given: Parameters<typeof invitations.reward>) =>
      given[0].inviteeId === broken ? Promise.reject(new Error('out of range')) : invitations.reward(...given),
  };
  await expect(runJob({ invitations: failing })).rejects.toThrow('1 referrals were not rewarded');
  expect([await statusOf(broken), await statusOf(fine)]).toEqual(['DUE', 'REWARDED']);
});

test('the referrals of several people take as many statements as that of one', async () => {
  const ids = [newId('usr'), newId('usr'), newId('usr')];
  for (const id of ids) await referralOf(id);
  const list = (of: string[]) =>
    execute(REFERRAL, user(ids[0]), { users: of.map((id) => ({ __typename: 'User', id })) });
  const one = await harness.statements.during(() => list(ids.slice(0, 1)));
  expect(await harness.statements.during(() => list(ids))).toHaveLength(one.length);
});
