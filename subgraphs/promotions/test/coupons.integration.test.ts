import { newId } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { heldSale, openPromotions, user } from './harness.ts';
import { admin, inDays, operationsOf } from './operations.ts';

const harness = await openPromotions();
const { create, made, disable, check, list, read, reserve } = operationsOf(harness);
const { others, database, deliver, execute } = harness;

/** A hold that booking knows, and its customer. */
function hold(change: Parameters<typeof heldSale>[0] = {}) {
  const sale = heldSale(change);
  others.holds.set(sale.holdId, sale);
  return { sale, customer: user(sale.customerId) };
}

test('a coupon is quoted for a hold, whatever case and spaces its code is entered with', async () => {
  await made({ code: 'Spring-10' });
  const { sale, customer } = hold();
  expect(await check(customer, sale.holdId, ' spring-10 ')).toEqual({
    ...{ __typename: 'CouponQuote', code: 'SPRING-10' },
    ...{ discount: { amount: 200, currency: 'GBP' }, totalAfterDiscount: { amount: 1_800 } },
  });
  expect(await database.couponRedemption.count({ where: { holdId: sale.holdId } })).toBe(0);
});

test('a quote says why a coupon cannot be used', async () => {
  const { sale, customer } = hold({ isFirstBooking: false });
  const refusals = [
    [{ startsAt: inDays(1), endsAt: inDays(2) }, 'NOT_STARTED'],
    [{ titleIds: ['ttl_2'] }, 'OTHER_TITLE'],
    [{ cityIds: ['cty_ams'] }, 'OTHER_CITY'],
    [{ organisationId: 'org_2' }, 'OTHER_ORGANISER'],
    [{ firstBookingOnly: true }, 'NOT_FIRST_BOOKING'],
    [{ minimumSpend: { amount: 2_001, currency: 'GBP' } }, 'MINIMUM_SPEND'],
    [{ minimumSpend: { amount: 1, currency: 'EUR' } }, 'OTHER_CURRENCY'],
    [{ budget: { amount: 199, currency: 'GBP' } }, 'EXHAUSTED'],
  ] as const;
  for (const [fields, reason] of refusals) {
    const { code } = await made(fields);
    expect(await check(customer, sale.holdId, code)).toMatchObject({ __typename: 'CouponRejectedError', reason });
  }
  expect(await check(customer, sale.holdId, 'NO-SUCH')).toMatchObject({ reason: 'UNKNOWN_CODE' });
  const { code } = await made();
  const over = hold({ isActive: false });
  expect(await check(over.customer, over.sale.holdId, code)).toMatchObject({ reason: 'HOLD_EXPIRED' });
});

test('while booking is out of reach there is no quote, and the answer says which part is missing', async () => {
  const { code } = await made();
  const { sale, customer } = hold();
  others.silent.add(sale.holdId);
  const unavailable = { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'booking' };
  expect(await check(customer, sale.holdId, code)).toMatchObject(unavailable);
});

test('only the customer of a hold gets a quote for it, and only booking reserves', async () => {
  const { code } = await made();
  const { sale, customer } = hold();
  expect(await check(user(), sale.holdId, code)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await check({ kind: 'anonymous' }, sale.holdId, code)).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await check(customer, 'lon_hld_none', code)).toBeNull();
  for (const caller of [customer, admin, { kind: 'service', name: 'catalog' } as const]) {
    expect(await reserve(code, sale, caller)).toMatchObject({ code: 'FORBIDDEN' });
  }
});

test('who tries codes that do not exist is stopped after twenty in an hour, however many at once', async () => {
  const { code } = await made();
  const { sale, customer } = hold();
  for (let time = 1; time <= 25; time += 1) await check(customer, sale.holdId, code);
  const tries = await Promise.all(Array.from({ length: 30 }, (_, n) => check(customer, sale.holdId, `GUESS-${n}`)));
  expect(tries.filter(({ reason }) => reason === 'UNKNOWN_CODE')).toHaveLength(20);
  const limited = { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) };
  expect(await check(customer, sale.holdId, code)).toMatchObject(limited);
  const other = hold();
  expect(await check(other.customer, other.sale.holdId, code)).toMatchObject({ __typename: 'CouponQuote' });
});

test('coupons are managed by administrators, and those of an organisation by its owner and managers', async () => {
  const [owner, manager, scanner, stranger] = [user(), user(), user(), user()];
  const member = (userId: string, role: string) => others.roles.set(userId, [{ organisationId: 'org_mine', role }]);
  member(owner.userId, 'OWNER');
  member(manager.userId, 'MANAGER');
  member(scanner.userId, 'SCANNER');
  const mine = { organisationId: 'org_mine' };
  for (const caller of [owner, manager, admin]) {
    const { coupon } = await create(mine, caller);
    expect(coupon).toMatchObject({ organisation: { id: 'org_mine' }, status: 'ACTIVE' });
    expect(await list(mine, caller)).toMatchObject({ edges: expect.any(Array) });
    expect(await read(coupon?.id ?? '', caller)).toMatchObject({ id: coupon?.id, organisation: { id: 'org_mine' } });
    for (const by of [owner, admin]) {
      expect(await disable(coupon?.id ?? '', by)).toMatchObject({ coupon: { status: 'DISABLED' } });
    }
    const log = await database.outboxEvent.findMany({ where: { type: 'promotions.audited', key: coupon?.id ?? '' } });
    expect(log.map(({ payload }) => payload)).toMatchObject([
      { actorId: caller.userId, action: 'coupon.created', subjectType: 'Coupon', detail: 'org_mine' },
      { actorId: owner.userId, action: 'coupon.disabled' },
    ]);
  }
  const { id } = await made(mine);
  for (const caller of [scanner, stranger]) {
    for (const answer of [
      await create(mine, caller),
      await list(mine, caller),
      await read(id, caller),
      await disable(id, caller),
    ]) {
      expect(answer).toMatchObject({ code: 'FORBIDDEN' });
    }
  }
  for (const caller of [scanner, stranger]) expect(await list({}, caller)).toMatchObject({ code: 'FORBIDDEN' });
  const { id: ofMarketplace } = await made();
  for (const answer of [
    await create({}, owner),
    await read(ofMarketplace, owner),
    await disable(ofMarketplace, owner),
  ]) {
    expect(answer).toMatchObject({ code: 'FORBIDDEN' });
  }
});

test('a coupon that does not exist is null, and a visitor signs in first', async () => {
  expect(await read('cpn_unknown')).toBeNull();
  expect(await read((await made()).id, { kind: 'anonymous' })).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('without an organisation the coupons of all those that one manages are listed, and of no other', async () => {
  const owner = user();
  const roles = { org_first: 'OWNER', org_second: 'MANAGER', org_gate: 'SCANNER' };
  others.roles.set(
    owner.userId,
    Object.entries(roles).map(([organisationId, role]) => ({ organisationId, role })),
  );
  await made({ code: 'FIRST', organisationId: 'org_first' });
  await made({ code: 'SECOND', organisationId: 'org_second' });
  await made({ code: 'GATE', organisationId: 'org_gate' });
  await made();
  expect((await list({}, owner)).edges?.map(({ node }) => node.code)).toEqual(['SECOND', 'FIRST']);
  const page = await list({ first: 1 }, owner);
  const next = await list({ first: 1, after: page.pageInfo?.endCursor }, owner);
  expect(next.edges?.map(({ node }) => node.code)).toEqual(['FIRST']);
});

test('a coupon that makes no sense is refused by the field at fault, and a code is used once', async () => {
  const eur = (amount: number) => ({ amount, currency: 'EUR' });
  const refused = [
    ['input.code', { code: 'a b' }],
    ['input.code', { code: 'ÄÖÜ' }],
    ['input.percentOff', { percentOff: 101 }],
    ['input.percentOff', { kind: 'AMOUNT', amountOff: eur(1) }],
    ['input.amountOff', { kind: 'AMOUNT', percentOff: null }],
    ['input.amountOff.currency', { kind: 'AMOUNT', percentOff: null, amountOff: { amount: 1, currency: 'XYZ' } }],
    ['input.minimumSpend.amount', { minimumSpend: eur(0) }],
    ['input.budget.currency', { minimumSpend: eur(1), budget: { amount: 1, currency: 'GBP' } }],
    ['input.maximumDiscount.amount', { maximumDiscount: eur(0) }],
    ['input.minimumSpend.currency', { maximumDiscount: { amount: 1, currency: 'GBP' }, minimumSpend: eur(1) }],
    ['input.maximumDiscount', { kind: 'AMOUNT', percentOff: null, amountOff: eur(1), maximumDiscount: eur(1) }],
    ['input.endsAt', { endsAt: inDays(-2) }],
    ['input.endsAt', { startsAt: inDays(-3), endsAt: inDays(-2) }],
    ['input.perUserLimit', { perUserLimit: 0 }],
    ['input.redemptionLimit', { redemptionLimit: -1 }],
    ['input.titleIds', { titleIds: ['no such id!'] }],
  ] as const;
  for (const [field, fields] of refused) {
    expect(await create(fields)).toMatchObject({ code: 'BAD_USER_INPUT', field });
  }
  const created = await Promise.all([create({ code: 'once' }), create({ code: 'ONCE' })]);
  expect(created.map(({ __typename }) => __typename).toSorted()).toEqual([
    'CouponCodeTakenError',
    'CreateCouponPayload',
  ]);
});

test('who looks for codes by creating them is stopped after twenty that are taken, and is not told of the next', async () => {
  const owner = user();
  others.roles.set(owner.userId, [{ organisationId: 'org_curious', role: 'OWNER' }]);
  const { code } = await made();
  const again = () => create({ code, organisationId: 'org_curious' }, owner);
  expect(await create({ organisationId: 'org_curious' }, owner)).toMatchObject({ __typename: 'CreateCouponPayload' });
  const tries = await Promise.all(Array.from({ length: 25 }, again));
  expect(tries.filter(({ __typename }) => __typename === 'CouponCodeTakenError')).toHaveLength(20);
  expect(await create({ organisationId: 'org_curious' }, owner)).toMatchObject({ code: 'RATE_LIMITED' });
});

test('a hold that is gone before its price is known has no quote', async () => {
  const { code } = await made();
  const { sale, customer } = hold();
  others.leaving.add(sale.holdId);
  expect(await check(customer, sale.holdId, code)).toBeNull();
});

test('coupons are listed the latest first, and those that can be used now alone when asked', async () => {
  const organisationId = 'org_listed';
  const status = async (fields: object) => made({ ...fields, organisationId });
  const used = await status({ code: 'USED-UP', redemptionLimit: 1 });
  await reserve(used.code, heldSale({ organisationId }));
  await disable((await status({ code: 'STOPPED' })).id);
  await status({ code: 'LATER', startsAt: inDays(1), endsAt: inDays(2) });
  await status({ code: 'NOW' });
  const over = await status({ code: 'OVER' });
  await database.coupon.update({ where: { id: over.id }, data: { endsAt: new Date() } });
  expect(await disable(over.id)).toMatchObject({ __typename: 'CouponEndedError' });
  const first = await list({ organisationId, first: 2 });
  const rest = await list({ organisationId, first: 3, after: first.pageInfo?.endCursor });
  const nodes = [...(first.edges ?? []), ...(rest.edges ?? [])].map(({ node }) => `${node.code} ${node.status}`);
  expect(nodes).toEqual(['OVER EXPIRED', 'NOW ACTIVE', 'LATER SCHEDULED', 'STOPPED DISABLED', 'USED-UP EXHAUSTED']);
  const active = await list({ organisationId, activeOnly: true });
  expect(active.edges?.map(({ node }) => node.code)).toEqual(['NOW']);
  expect(await list({ first: 101 })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'first' });
  expect(await disable('cou_none')).toMatchObject({ code: 'NOT_FOUND' });
});

test('a list of coupons takes one statement, however long it is', async () => {
  await Promise.all([made(), made(), made()]);
  expect(await harness.statements.during(() => list({ first: 100 }))).toHaveLength(1);
});

async function heldOf(userId: string): Promise<Record<string, unknown[]>> {
  const query = 'query($userId: ID!) { personalData(userId: $userId) }';
  const { data } = await execute(query, { kind: 'service', name: 'accounts' }, { userId });
  return JSON.parse((data as { personalData: string }).personalData);
}

test('a person gets what is held about them, and what is not for the books is erased', async () => {
  const [userId, other] = [newId('usr'), newId('usr')];
  const { code } = await made();
  await reserve(code, heldSale({ customerId: userId }));
  await database.referralCode.create({ data: { userId, code: 'MYOWN234' } });
  await deliver('account.registered', { userId: other, referralCode: 'MYOWN234' });
  expect(await heldOf(userId)).toMatchObject({
    coupons: [{ code: code.toUpperCase(), status: 'RESERVED', amount: 200, currency: 'GBP' }],
    referralCode: [{ code: 'MYOWN234' }],
    referrals: [{ role: 'invited', status: 'PENDING' }],
    ...{ rewards: [], suspensions: [] },
  });
  for (let time = 1; time <= 2; time += 1) await deliver('account.erased', { userId });
  expect(await heldOf(userId)).toMatchObject({ coupons: [{ amount: 200 }], referralCode: [], referrals: [] });
  expect(await database.codeTries.count({ where: { customerId: userId } })).toBe(0);
});
