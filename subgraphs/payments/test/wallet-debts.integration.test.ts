import { newId } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { auditLedger } from '../src/adapters/ledger-audit.ts';
import { SettlementRepository } from '../src/adapters/settlement.ts';
import { settleDispute } from '../src/use-cases/settle-dispute.ts';
import { customer, openPayments } from './harness.ts';
import { execute, pay, topUp, user } from './operations.ts';

const { payments, database, deliver, requestedBooking } = await openPayments({ start: false });
const eur = (amount: number) => ({ amount, currency: 'EUR' });

function rewardOf(userId: string, amount = 500) {
  return { rewardId: newId('rwd'), userId, inviteeId: 'usr_invited', amount, currency: 'EUR' };
}

async function walletOf(userId: string) {
  const { wallet } = await user(payments, customer(userId));
  return { balance: wallet.balance, transactions: wallet.transactions.edges.map(({ node }) => node) };
}

async function owedBy(customerId: string): Promise<number> {
  const { _sum: owed } = await database.walletReward.aggregate({ where: { customerId }, _sum: { owed: true } });
  return Number(owed.owed);
}

async function faults(): Promise<string[]> {
  const found: string[] = [];
  for await (const fault of auditLedger(database)) found.push(fault);
  return found;
}

test('a reward is added to the wallet once, and can pay a booking', async () => {
  const { caller, bookingId } = await requestedBooking({ amount: 300 });
  const reward = rewardOf(caller.userId);
  for (let time = 1; time <= 2; time += 1) await deliver('promotions.referral-rewarded', reward);
  expect(await walletOf(caller.userId)).toMatchObject({
    balance: eur(500),
    transactions: [{ type: 'REWARD', amount: eur(500), balanceAfter: eur(500), booking: null }],
  });
  expect((await pay(payments, caller, bookingId, { wallet: true })).payment).toMatchObject({ status: 'SUCCEEDED' });
  expect(await faults()).toEqual([]);
});

test('a reward that is taken back leaves the wallet, as far as it is still there and never below zero', async () => {
  const [whole, spent] = [rewardOf(newId('usr')), await requestedBooking({ amount: 300 })];
  const partly = rewardOf(spent.caller.userId);
  await deliver('promotions.referral-rewarded', whole);
  await deliver('promotions.referral-rewarded', partly);
  await pay(payments, spent.caller, spent.bookingId, { wallet: true });
  for (const reward of [whole, partly, whole, partly]) await deliver('promotions.referral-reversed', reward);
  expect(await walletOf(whole.userId)).toMatchObject({ balance: eur(0), transactions: [{ amount: eur(-500) }, {}] });
  const { balance, transactions } = await walletOf(partly.userId);
  expect([balance, transactions[0]]).toMatchObject([eur(0), { type: 'REWARD', amount: eur(-200) }]);
  expect(await faults()).toEqual([]);
});

test('what was spent of a reward that is taken back comes out of what is credited next, from the oldest on', async () => {
  const spent = await requestedBooking({ amount: 900 });
  const { userId } = spent.caller;
  const rewards = [rewardOf(userId), rewardOf(userId)];
  for (const reward of rewards) await deliver('promotions.referral-rewarded', reward);
  await pay(payments, spent.caller, spent.bookingId, { wallet: true });
  for (const reward of rewards) await deliver('promotions.referral-reversed', reward);
  expect(await owedBy(userId)).toBe(900);
  await topUp(payments, spent.caller, 600);
  expect([await walletOf(userId), await owedBy(userId)]).toMatchObject([{ balance: eur(0) }, 300]);
  await deliver('promotions.referral-rewarded', rewardOf(userId));
  const { balance, transactions } = await walletOf(userId);
  expect([balance, await owedBy(userId)]).toEqual([eur(200), 0]);
  expect(transactions.slice(0, 2)).toMatchObject([{ type: 'REWARD', amount: eur(-300) }, { amount: eur(500) }]);
  expect(await faults()).toEqual([]);
});

/** Takes back what was spent while credits arrive. @returns what is left of both, of which one must be nothing */
async function creditDuringReversal(): Promise<{ owed: number; balance: object }> {
  const spent = await requestedBooking({ amount: 500 });
  const { userId } = spent.caller;
  const reward = rewardOf(userId);
  await deliver('promotions.referral-rewarded', reward);
  await pay(payments, spent.caller, spent.bookingId, { wallet: true });
  const credits = Array.from({ length: 3 }, () => rewardOf(userId, 100));
  await Promise.all([
    deliver('promotions.referral-reversed', reward),
    ...credits.map((credit) => deliver('promotions.referral-rewarded', credit)),
  ]);
  return { owed: await owedBy(userId), balance: (await walletOf(userId)).balance };
}

test('no credit that comes while a reward is taken back escapes its debt; without the trigger one does', async () => {
  for (let time = 1; time <= 5; time += 1) expect(await creditDuringReversal()).toEqual({ owed: 200, balance: eur(0) });
  await database.$executeRaw`ALTER TABLE postings DISABLE TRIGGER postings_pay_debts`;
  const { userId } = rewardOf(newId('usr'));
  const reward = rewardOf(userId);
  const { bookingId, caller } = await requestedBooking({ amount: 500, customerId: userId });
  await deliver('promotions.referral-rewarded', reward);
  await pay(payments, caller, bookingId, { wallet: true });
  await deliver('promotions.referral-reversed', reward);
  await deliver('promotions.referral-rewarded', rewardOf(userId, 100));
  expect([await owedBy(userId), (await walletOf(userId)).balance]).toEqual([500, eur(100)]);
  await database.$executeRaw`ALTER TABLE postings ENABLE TRIGGER postings_pay_debts`;
});

test('a reward that was taken back before it came is never paid', async () => {
  const reward = rewardOf(newId('usr'));
  await deliver('promotions.referral-reversed', reward);
  await deliver('promotions.referral-rewarded', reward);
  expect(await walletOf(reward.userId)).toMatchObject({ balance: eur(0), transactions: [] });
});

test('only promotions asks which currency the wallets of people have', async () => {
  const reward = { ...rewardOf(newId('usr')), currency: 'GBP' };
  await deliver('promotions.referral-rewarded', reward);
  const query = 'query($userIds: [ID!]!) { result: walletCurrencies(userIds: $userIds) { userId currency } }';
  const userIds = [reward.userId, 'usr_nobody'];
  expect(await execute<unknown>(payments, { kind: 'service', name: 'promotions' }, query, { userIds })).toEqual([
    { userId: reward.userId, currency: 'GBP' },
  ]);
  expect(await execute<unknown>(payments, customer(reward.userId), query, { userIds })).toMatchObject({
    code: 'FORBIDDEN',
  });
});

/** Reports of a dispute of a card payment. */
async function disputeOf(paymentId: string, amount: number) {
  const { chargeId } = await database.payment.findUniqueOrThrow({ where: { id: paymentId } });
  const dispute = { id: newId('dsp'), chargeId: chargeId ?? '', amount: eur(amount), fee: 2_000, reason: 'fraudulent' };
  return (status: 'OPEN' | 'WON' | 'LOST') =>
    database.$sqlTransaction((tx) =>
      settleDispute(new SettlementRepository(tx, () => new Date()), { name: 'sandbox' }, { ...dispute, status }),
    );
}

async function toppedUp(amount: number) {
  const { caller, bookingId, customerId } = await requestedBooking({ amount: 300 });
  const { payment } = await topUp(payments, caller, amount);
  return { caller, bookingId, customerId, report: await disputeOf(payment.id, amount) };
}

/** The balance of a customer's wallet, and the debts of disputes. */
async function accountOf(customerId: string): Promise<[balance: object, owed: number]> {
  const disputes = await database.paymentDispute.findMany({ where: { customerId } });
  return [(await walletOf(customerId)).balance, disputes.reduce((sum, { owed }) => sum + Number(owed), 0)];
}

test('a disputed top-up is held from the wallet, given back when it is won, and taken when it is lost', async () => {
  const [won, lost] = [await toppedUp(500), await toppedUp(500)];
  for (const { report } of [won, lost, won]) await report('OPEN');
  for (const { customerId } of [won, lost]) expect(await accountOf(customerId)).toEqual([eur(0), 0]);
  expect(await faults()).toEqual([]);
  await won.report('WON');
  for (let time = 1; time <= 2; time += 1) await lost.report('LOST');
  await lost.report('OPEN');
  expect(await accountOf(won.customerId)).toEqual([eur(500), 0]);
  expect(await accountOf(lost.customerId)).toEqual([eur(0), 0]);
  expect((await walletOf(won.customerId)).transactions).toMatchObject([
    { type: 'REFUND', amount: eur(500) },
    { type: 'REFUND', amount: eur(-500) },
    { type: 'TOP_UP', amount: eur(500) },
  ]);
  const alone = await toppedUp(500);
  await alone.report('LOST');
  expect(await accountOf(alone.customerId)).toEqual([eur(0), 0]);
  expect(await faults()).toEqual([]);
});

test('what was spent of a top-up that is lost in a dispute is owed, and comes out of what is credited next', async () => {
  const { caller, bookingId, customerId, report } = await toppedUp(500);
  await pay(payments, caller, bookingId, { wallet: true });
  await report('OPEN');
  // A credit that comes meanwhile is there at the end.
  await topUp(payments, caller, 100);
  expect(await accountOf(customerId)).toEqual([eur(100), 0]);
  await report('LOST');
  expect(await accountOf(customerId)).toEqual([eur(0), 200]);
  const forgiven = database.paymentDispute.updateMany({ where: { customerId }, data: { claimed: 200 } });
  await expect(forgiven).rejects.toThrow('is LOST for good');
  await topUp(payments, caller, 300);
  expect(await accountOf(customerId)).toEqual([eur(100), 0]);
  expect(await faults()).toEqual([]);
});

test('a payment that was refunded to the wallet leaves it again when it is lost in a dispute', async () => {
  const { caller, bookingId, customerId } = await requestedBooking({ amount: 2_400 });
  const { payment } = await pay(payments, caller, bookingId);
  await deliver('booking.refund-required', {
    ...{ bookingId, customerId, paymentId: payment.id, parts: null, refundTo: 'WALLET' },
    ...{ amount: eur(1_800), reason: 'The customer cancelled.' },
  });
  expect(await accountOf(customerId)).toEqual([eur(1_800), 0]);
  await (
    await disputeOf(payment.id, 2_400)
  )('LOST');
  expect(await accountOf(customerId)).toEqual([eur(0), 0]);
  expect(await faults()).toEqual([]);
});

test('no credit that comes while a dispute is lost escapes its debt', async () => {
  for (let time = 1; time <= 5; time += 1) {
    const { caller, bookingId, customerId, report } = await toppedUp(300);
    await pay(payments, caller, bookingId, { wallet: true });
    await report('OPEN');
    const credits = Array.from({ length: 2 }, () => rewardOf(customerId, 100));
    const crediting = credits.map((credit) => deliver('promotions.referral-rewarded', credit));
    await Promise.all([report('LOST'), ...crediting]);
    expect(await accountOf(customerId)).toEqual([eur(0), 100]);
  }
  expect(await faults()).toEqual([]);
});
