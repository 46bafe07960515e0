import { randomUUID } from 'node:crypto';
import { ANONYMOUS, type Caller, newId } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { postEntry } from '../src/adapters/ledger.ts';
import { PayoutAccountRepository } from '../src/adapters/payout-accounts.ts';
import { PayoutRepository } from '../src/adapters/payouts.ts';
import { SettlementRepository } from '../src/adapters/settlement.ts';
import { payoutEntry } from '../src/domain/payout.ts';
import { requestScheduledPayouts, settleEndedShows } from '../src/use-cases/make-payouts.ts';
import { requestRefund } from '../src/use-cases/request-refund.ts';
import { customer, eventually, openPayments } from './harness.ts';
import { execute, pay } from './operations.ts';

const harness = await openPayments();
const { payments, database, requestedBooking, knownRoles, deliver } = harness;
const accounts = new PayoutAccountRepository(database, 'EUR');
const balance = async (id: string) => (await accounts.ofOrganisations([id], 'EUR'))[0];

const ACCOUNT = `query($id: ID!) { _entities(representations: [{ __typename: "Organisation", id: $id }]) {
  ... on Organisation { payoutAccount {
    currencies available { amount } pending { amount } pendingByDate { date amount { amount } } nextPayoutAt
    entries(first: 10) { edges { node { kind amount { amount } description booking { id } } } pageInfo { hasNextPage } }
    payouts { id status amount { amount currency } arrivesAt }
  } } } }`;
const ACCOUNTS = `query($of: [_Any!]!) { result: _entities(representations: $of) { ... on Organisation { payoutAccount {
  pending { amount } entries(first: 2) { edges { node { id } } } payouts { id } } } } }`;
const REQUEST = `mutation($input: RequestPayoutInput!) { requestPayout(input: $input) {
  __typename
  ... on RequestPayoutPayload { payout { id status amount { amount currency } } }
  ... on PayoutExceedsBalanceError { available { amount } }
  ... on UserError { message } } }`;

const ENDS_AT = '2027-01-01T21:00:00.000Z';
const AFTER = new Date('2027-01-01T21:00:01.000Z');
const eur = (amount: number) => ({ amount, currency: 'EUR' });

/** A member of an organisation. */
function member(organisationId: string, role = 'OWNER') {
  const caller = customer();
  knownRoles.set(caller.userId, [{ organisationId, role }]);
  return caller;
}

/** A paid booking of a show of its own, which ends on new year's day. @returns what was sold of it */
async function sold(organisationId: string, amount = 2_000) {
  const sale = {
    ...{ organisationId, country: 'NL', showVersion: 0, startsAt: '2027-01-01T19:00:00.000Z', endsAt: ENDS_AT },
    ...{ subtotal: amount, fees: 100, tax: 21, discount: 0 },
  };
  const showId = newId('shw');
  const { caller, bookingId } = await requestedBooking({ amount: amount + 121, sale, showId });
  const { payment } = await pay(payments, caller, bookingId);
  return { bookingId, caller, payment, showId };
}

const payouts = (now = AFTER) => new PayoutRepository(database, () => now);
const settleShows = (now = AFTER) => settleEndedShows({ payouts: payouts(now), now: () => now });

async function organisationWith(amount: number, id = newId('org')) {
  await sold(id, amount);
  await settleShows();
  return { id, owner: member(id) };
}

async function accountOf(id: string, caller: Caller) {
  const { data, errors } = await harness.execute(ACCOUNT, caller, { id });
  if (errors) throw new Error(String(errors[0]?.extensions?.['code']));
  return ((data?.['_entities'] ?? []) as { payoutAccount: Record<string, object> }[])[0]?.payoutAccount;
}

async function request(
  caller: Caller,
  organisationId: string,
  amount: number,
  idempotencyKey: string = randomUUID(),
  currency = 'EUR',
) {
  const input = { organisationId, amount: { amount, currency }, idempotencyKey };
  const { data, errors } = await harness.execute(REQUEST, caller, { input });
  return (data?.['requestPayout'] ?? errors?.[0]?.extensions) as Record<string, unknown> & { payout?: { id: string } };
}

test('what a show sold is pending until it has ended, then it is available, once', async () => {
  const id = newId('org');
  const owner = member(id);
  const { bookingId } = await sold(id);
  await settleShows(new Date('2027-01-01T20:59:59.000Z'));
  expect(await accountOf(id, owner)).toMatchObject({
    ...{ currencies: ['EUR'], available: { amount: 0 }, pending: { amount: 2_000 } },
    pendingByDate: [{ date: '2027-01-01', amount: { amount: 2_000 } }],
    entries: { edges: [{ node: { kind: 'SALE', amount: { amount: 2_000 }, booking: { id: bookingId } } }] },
  });
  await Promise.all([settleShows(), settleShows(), settleShows()]);
  await settleShows();
  expect(await accountOf(id, owner)).toMatchObject({ available: { amount: 2_000 }, pending: { amount: 0 } });
});

test('a moved show is settled at its new end, whichever of the events comes first', async () => {
  const id = newId('org');
  const { showId } = await sold(id);
  const moved = {
    cityCode: 'lon',
    highDemand: false,
    tiers: [],
    layoutId: 'lay_1',
    screen: { id: 'scr_1', name: 'One' },
  };
  const change = (version: number, endsAt: string) =>
    deliver('catalog.show-changed', { ...moved, showId, version, startsAt: ENDS_AT, endsAt });
  await change(2, '2027-02-01T21:00:00.000Z');
  await change(1, ENDS_AT);
  await settleShows();
  expect(await balance(id)).toMatchObject({ available: eur(0), pending: eur(2_000) });
});

test('a booking that moves to another show takes what it paid there, and refunds take from that show', async () => {
  const [id, other] = [newId('org'), newId('org')];
  const { bookingId, caller, payment, showId: previousShowId } = await sold(id, 2_000);
  const refund = (amount: number) =>
    deliver('booking.refund-required', {
      ...{ bookingId, customerId: caller.userId, paymentId: payment.id, reason: 'moved', refundTo: 'WALLET' },
      ...{ amount: eur(amount), parts: { subtotal: amount, fees: 0, tax: 0, discount: 0 } },
    });
  await refund(500);
  await deliver('booking.rescheduled', {
    ...{ bookingId, customerId: caller.userId, previousShowId, showId: newId('shw'), priceDifference: eur(0) },
    ...{ titleName: 'Fargo', venueName: 'Rio', startsAt: ENDS_AT, timeZone: 'Europe/Amsterdam', seats: ['A1'] },
    show: { organisationId: other, endsAt: ENDS_AT, showVersion: 0 },
  });
  expect(await balance(id)).toMatchObject({ pending: eur(0) });
  expect(await balance(other)).toMatchObject({ pending: eur(1_500) });
  await refund(600);
  await settleShows();
  expect(await balance(id)).toMatchObject({ available: eur(0), pending: eur(0) });
  expect(await balance(other)).toMatchObject({ available: eur(900), pending: eur(0) });
});

test('a payout is paid by the provider, and one that its bank refuses returns its money', async () => {
  const { id, owner } = await organisationWith(2_000);
  const { payout } = await request(owner, id, 1_500);
  expect(payout).toMatchObject({ status: 'PENDING', amount: eur(1_500) });
  await eventually(async () =>
    expect(await accountOf(id, owner)).toMatchObject({
      available: { amount: 500 },
      payouts: [{ id: payout?.id, status: 'PAID', arrivesAt: expect.any(String) }],
      entries: { edges: [{ node: { kind: 'PAYOUT', amount: { amount: -1_500 } } }, { node: { kind: 'SALE' } }] },
    }),
  );
  const closed = await organisationWith(2_000, `${newId('org')}_closed`);
  await request(closed.owner, closed.id, 2_000);
  await eventually(async () =>
    expect(await accountOf(closed.id, closed.owner)).toMatchObject({
      available: { amount: 2_000 },
      payouts: [{ status: 'FAILED', arrivesAt: null }],
      entries: { edges: [{ node: { kind: 'PAYOUT_RETURNED' } }, { node: { kind: 'PAYOUT' } }, { node: {} }] },
    }),
  );
});

test('thirty payouts at once never exceed what is owed; without the lock they do', async () => {
  const { id, owner } = await organisationWith(1_000);
  const answers = await Promise.all(Array.from({ length: 30 }, () => request(owner, id, 100)));
  expect(answers.filter(({ payout }) => payout)).toHaveLength(10);
  expect(answers.find(({ payout }) => !payout)).toMatchObject({ __typename: 'PayoutExceedsBalanceError' });
  expect((await balance(id))?.available).toEqual(eur(0));

  const control = await organisationWith(1_000);
  let readers = 0;
  let allHaveRead = (): void => {};
  const everybodyHasRead = new Promise<void>((resolve) => (allHaveRead = resolve));
  await Promise.all(
    Array.from({ length: 30 }, async () => {
      const available = await accounts.available(control.id, 'EUR');
      readers += 1;
      if (readers === 30) allHaveRead();
      await everybodyHasRead;
      if (available.amount < 100) return;
      const row = { id: newId('pyo'), organisationId: control.id };
      await database.payout.create({
        data: { ...row, ...eur(100), status: 'PENDING', provider: 'control', createdAt: AFTER },
      });
      await postEntry(database, payoutEntry({ ...row, amount: eur(100) }), AFTER);
    }),
  );
  expect((await balance(control.id))?.available).toEqual(eur(-2_000));
});

test('a repeated request pays once, also when the first took everything', async () => {
  const { id, owner } = await organisationWith(700);
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 5 }, () => request(owner, id, 700, key)));
  const again = await request(owner, id, 700, key);
  const ids = new Set([...answers, again].flatMap(({ payout }) => (payout ? [payout.id] : [])));
  expect(ids.size).toBe(1);
  expect(again.payout).toBeDefined();
  expect(await request(owner, id, 600, key)).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});

test('a refund after the payout makes the account negative, and the next sales make up for it', async () => {
  const id = newId('org');
  const owner = member(id);
  const { bookingId, caller, payment } = await sold(id, 1_000);
  await settleShows();
  await request(owner, id, 1_000);
  await deliver('booking.refund-required', {
    ...{ bookingId, customerId: caller.userId, paymentId: payment.id, reason: 'cancelled', refundTo: 'WALLET' },
    ...{ amount: eur(1_121), parts: null },
  });
  await settleShows();
  expect((await balance(id))?.available).toEqual(eur(-1_000));
  await sold(id, 1_500);
  await settleShows();
  expect(await request(owner, id, 501)).toMatchObject({ available: { amount: 500 } });
  expect(await request(owner, id, 500)).toMatchObject({ payout: { status: 'PENDING' } });
});

test('a refund while its show is being settled is not left behind', async () => {
  const id = newId('org');
  const { payment, showId } = await sold(id, 1_000);
  const later = new Date('2027-03-01T00:00:00.000Z');
  const refund = (amount: number) =>
    database.$transaction((tx) =>
      requestRefund(
        new SettlementRepository(tx, () => later),
        { name: 'sandbox' },
        { paymentId: payment.id, amount: eur(amount), parts: null, refundTo: 'WALLET', reason: 'late' },
      ),
    );
  const read = await payouts(later).endedShows(later, 50);
  const show = read.find((each) => each.showId === showId);
  await refund(1_121);
  expect(show && (await payouts(later).settleShow(show))).toBe(false);
  await settleShows(later);
  expect(await balance(id)).toMatchObject({ available: eur(0), pending: eur(0) });
});

test('on Mondays everything that is available is paid out, once; a run that was missed is made up for', async () => {
  const { id } = await organisationWith(900);
  const at = (time: string) =>
    requestScheduledPayouts({
      payouts: payouts(new Date(time)),
      provider: { name: 'sandbox' } as never,
      now: () => new Date(time),
      log: { error: () => {} },
    });
  const paid = async () => (await payouts().latest([id], 'EUR', 10)).map(({ amount }) => amount.amount);
  const monday = '2027-01-04T06:00:00Z';
  await Promise.all([at(monday), at(monday), at(monday)]);
  expect(await paid()).toEqual([900]);
  await sold(id, 300);
  await settleShows();
  for (const later of ['2027-01-04T20:00:00Z', '2027-01-08T12:00:00Z', '2027-01-11T05:59:59Z']) await at(later);
  expect(await paid()).toEqual([900]);
  await at('2027-01-13T12:00:00Z');
  expect(await paid()).toEqual([300, 900]);
  await sold(id, 200);
  await at('2027-01-18T06:00:00Z');
  expect(await paid()).toEqual([200, 300, 900]);
});

test('the accounts of many organisations are read by one statement each for accounts, entries and payouts', async () => {
  const owner = customer();
  const ids = [newId('org'), newId('org'), newId('org')];
  knownRoles.set(
    owner.userId,
    ids.map((organisationId) => ({ organisationId, role: 'OWNER' })),
  );
  for (const [index, id] of ids.entries()) await sold(id, 100 * (index + 1));
  const { subgraph, statements } = await harness.openInstance({ start: false });
  const of = ids.map((id) => ({ __typename: 'Organisation', id }));
  const sent = await statements.during(async () => {
    const found = await execute<{ payoutAccount: { pending: object } }[]>(subgraph, owner, ACCOUNTS, { of });
    expect(found.map(({ payoutAccount }) => payoutAccount.pending)).toEqual(
      [100, 200, 300].map((amount) => ({ amount })),
    );
  });
  expect(sent).toHaveLength(3);
});

test('owner and finance see and request payouts of their organisation; nobody else does, at no other', async () => {
  const { id } = await organisationWith(800);
  const finance = member(id, 'FINANCE');
  expect(await accountOf(id, finance)).toMatchObject({ available: { amount: 800 } });
  expect(await request(finance, id, 100)).toMatchObject({ payout: { amount: eur(100) } });
  const others: readonly Caller[] = [
    ...['MANAGER', 'BOX_OFFICE', 'SCANNER'].map((role) => member(id, role)),
    member(newId('org')),
    { ...customer(), scopes: ['payments:refund', 'users:read', 'sales:read'] },
  ];
  for (const caller of others) {
    await expect(accountOf(id, caller)).rejects.toThrow('FORBIDDEN');
    expect(await request(caller, id, 100)).toMatchObject({ code: 'FORBIDDEN' });
  }
  await expect(accountOf(id, ANONYMOUS)).rejects.toThrow('UNAUTHENTICATED');
  expect(await request(ANONYMOUS, id, 100)).toMatchObject({ code: 'UNAUTHENTICATED' });
  const administrator: Caller = { ...customer(), roles: ['CUSTOMER', 'ADMIN'], scopes: ['users:write'] };
  expect(await accountOf(id, administrator)).toMatchObject({ available: { amount: 700 } });
  expect(await request(administrator, id, 100)).toMatchObject({ code: 'FORBIDDEN' });
  const log = await database.outboxEvent.findMany({
    where: { type: 'payments.audited', key: id },
    orderBy: { seq: 'asc' },
  });
  const subject = { subjectType: 'Organisation', subjectId: id };
  expect(log.map(({ payload }) => payload)).toMatchObject([
    {
      ...subject,
      actorId: finance.userId,
      action: 'payout.requested',
      detail: expect.stringMatching(/^pyo_\w+: 1\.00 EUR$/),
    },
    { ...subject, actorId: administrator.userId, action: 'personal-data.read' },
  ]);
});

test('a payout needs a fresh sign-in, and an amount in a currency that there is', async () => {
  const { id, owner } = await organisationWith(100);
  const stale: Caller = { ...owner, authenticatedAt: new Date(Date.now() - 901_000) };
  expect(await request(stale, id, 100)).toMatchObject({ code: 'FORBIDDEN', reason: 'REAUTHENTICATION_REQUIRED' });
  expect(await request(owner, id, 100, randomUUID(), 'ZZZ')).toMatchObject({ field: 'input.amount.currency' });
  expect(await request(owner, id, 0)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.amount.amount' });
});
