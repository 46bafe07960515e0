import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { releaseReservations } from '../src/use-cases/release-reservations.ts';
import { bookingOf } from '../src/adapters/booking.ts';
import { CouponRepository } from '../src/adapters/coupons.ts';
import { OpenReservationRepository } from '../src/adapters/open-reservations.ts';
import { heldSale, openPromotions, user } from './harness.ts';
import { operationsOf } from './operations.ts';
import { bookingIdOf, countsOf, race, sales, tell } from './uses.ts';

const harness = await openPromotions();
const { made, disable, reserve, check } = operationsOf(harness);

/** Promotions without the constraints that hold a coupon within its limits. */
async function openUnlimited(): Promise<ReturnType<typeof operationsOf>> {
  const unlimited = await openPromotions();
  await unlimited.database.$executeRaw`
    ALTER TABLE coupons DROP CONSTRAINT coupons_within_limit, DROP CONSTRAINT coupons_within_budget`;
  await unlimited.database.$executeRaw`DROP INDEX coupon_redemptions_one_unpaid, coupon_redemptions_one_first`;
  await unlimited.database.$executeRaw`ALTER TABLE coupon_uses DROP CONSTRAINT coupon_uses_within_limit`;
  return operationsOf(unlimited);
}

test('a coupon is reserved with the booking, redeemed with the payment and given back with the cancellation', async () => {
  const { id, code } = await made({ redemptionLimit: 1 });
  const [sale, other] = [heldSale(), heldSale()];
  expect(await reserve(code, sale)).toMatchObject({
    ...{ couponId: id, discount: { amount: 200, currency: 'GBP' }, fundedBy: 'MARKETPLACE' },
  });
  await tell(harness, sale, id, 'PENDING_PAYMENT');
  expect(await countsOf(harness, id)).toEqual({ reserved: 1, redeemed: 0, amount: 200 });
  expect(await reserve(code, other)).toMatchObject({ reason: 'EXHAUSTED' });
  await tell(harness, sale, id, 'CONFIRMED');
  await tell(harness, sale, id, 'PARTIALLY_CANCELLED');
  expect(await countsOf(harness, id)).toEqual({ reserved: 0, redeemed: 1, amount: 200 });
  await tell(harness, sale, id, 'CANCELLED');
  expect(await countsOf(harness, id)).toEqual({ reserved: 0, redeemed: 0, amount: 0 });
  expect(await reserve(code, other)).toMatchObject({ __typename: 'ReserveCouponPayload' });
});

test('an organisation bears what its own coupon takes off', async () => {
  const { code } = await made({ organisationId: 'org_1' });
  expect(await reserve(code, heldSale({ organisationId: 'org_1' }))).toMatchObject({ fundedBy: 'ORGANISATION' });
});

test('an event that comes twice, or too late, changes nothing', async () => {
  const { id, code } = await made();
  const [sale, late] = [heldSale(), heldSale()];
  await reserve(code, sale);
  await reserve(code, late);
  for (const status of ['CONFIRMED', 'CONFIRMED', 'PENDING_PAYMENT'] as const) await tell(harness, sale, id, status);
  for (const status of ['EXPIRED', 'EXPIRED', 'PENDING_PAYMENT', 'CONFIRMED'] as const) {
    await tell(harness, late, id, status);
  }
  expect(await countsOf(harness, id)).toEqual({ reserved: 0, redeemed: 1, amount: 200 });
  const told = await harness.database.outboxEvent.groupBy({
    by: ['type'],
    where: { key: id, type: { startsWith: 'promotions.coupon-' } },
    _count: true,
  });
  expect(told.toSorted((a, b) => (a.type < b.type ? -1 : 1))).toEqual([
    { type: 'promotions.coupon-redeemed', _count: 1 },
    { type: 'promotions.coupon-returned', _count: 1 },
  ]);
  await expect(tell(harness, heldSale(), id, 'CONFIRMED')).rejects.toThrow('No coupon was reserved');
});

test('a repeat for a hold reserves nothing more, and another coupon waits for its turn', async () => {
  const [first, other] = [await made({ redemptionLimit: 1, perUserLimit: 1 }), await made()];
  const sale = heldSale();
  const answers = await Promise.all([1, 2, 3].map(() => reserve(first.code, sale)));
  expect(new Set(answers.map(({ couponId }) => couponId))).toEqual(new Set([first.id]));
  expect(await countsOf(harness, first.id)).toMatchObject({ reserved: 1 });
  expect(await reserve(other.code, sale)).toMatchObject({ reason: 'OTHER_COUPON' });
});

test('of thirty people at once three get a coupon of three uses', async () => {
  const { id, code } = await made({ redemptionLimit: 3 });
  expect(await race(reserve, code, sales(30))).toHaveLength(3);
  expect(await countsOf(harness, id)).toEqual({ reserved: 3, redeemed: 0, amount: 600 });
});

test('one person at once on many holds uses a coupon as often as a person may', async () => {
  const { id, code } = await made({ perUserLimit: 2 });
  for (let time = 1; time <= 2; time += 1) {
    const [mine, ...others] = await race(reserve, code, sales(10, { customerId: 'usr_eager' }));
    expect([mine, others]).toEqual([expect.anything(), []]);
    await tell(harness, mine ?? heldSale(), id, 'CONFIRMED');
  }
  expect(await reserve(code, heldSale({ customerId: 'usr_eager' }))).toMatchObject({ reason: 'USED_BY_CUSTOMER' });
  expect(await reserve(code, heldSale())).toMatchObject({ __typename: 'ReserveCouponPayload' });
});

test('nobody uses a coupon up by bookings that they do not pay', async () => {
  const { id, code } = await made({ redemptionLimit: 5 });
  const [unpaid = heldSale()] = await race(reserve, code, sales(10, { customerId: 'usr_hoarder' }));
  expect(await countsOf(harness, id)).toMatchObject({ reserved: 1 });
  const next = heldSale({ customerId: 'usr_hoarder' });
  expect(await reserve(code, next)).toMatchObject({ reason: 'UNPAID_BOOKING' });
  await tell(harness, unpaid, id, 'EXPIRED');
  expect(await reserve(code, next)).toMatchObject({ __typename: 'ReserveCouponPayload' });
});

test('nobody uses a coupon that the marketplace pays for a show of their own organisation; its own coupons they may', async () => {
  const [ours, theirs] = [await made(), await made({ organisationId: 'org_1' })];
  const sale = heldSale();
  const member = (organisationId: string) =>
    harness.others.roles.set(sale.customerId, [{ organisationId, role: 'SCANNER' }]);
  member('org_1');
  const refused = { reason: 'OTHER_ORGANISER', message: expect.stringContaining('organisation that you work for') };
  expect(await reserve(ours.code, sale)).toMatchObject(refused);
  harness.others.holds.set(sale.holdId, sale);
  expect(await check(user(sale.customerId), sale.holdId, ours.code)).toMatchObject(refused);
  expect(await check(user(sale.customerId), sale.holdId, theirs.code)).toMatchObject({ __typename: 'CouponQuote' });
  member('org_2');
  expect(await reserve(ours.code, sale)).toMatchObject({ __typename: 'ReserveCouponPayload' });
});

test('a coupon that the marketplace pays is bounded, also by the database', async () => {
  const { id } = await made();
  expect(await harness.database.coupon.findUnique({ where: { id } })).toMatchObject({ redemptionLimit: 1_000 });
  const unbounded = harness.database.coupon.update({ where: { id }, data: { redemptionLimit: null } });
  await expect(unbounded).rejects.toThrow('coupons_of_the_marketplace_are_bounded');
  const { id: free } = await made({ organisationId: 'org_1' });
  expect(await harness.database.coupon.findUnique({ where: { id: free } })).toMatchObject({ redemptionLimit: null });
});

test('a use that takes nothing off is refused, by the database too', async () => {
  const { id, code } = await made({ percentOff: 1 });
  const sale = heldSale({ subtotal: { amount: 10, currency: 'GBP' }, discountable: 10 });
  expect(await reserve(code, sale)).toMatchObject({ reason: 'MINIMUM_SPEND' });
  const careless = harness.database.couponRedemption.create({
    data: {
      ...{ holdId: sale.holdId, couponId: id, customerId: sale.customerId, status: 'RESERVED', amount: 0 },
      ...{ currency: 'GBP', firstBookingOnly: false, reservedAt: new Date() },
    },
  });
  await expect(careless).rejects.toThrow('coupon_redemptions_amount');
});

test('a reservation gets no more time once its coupon is disabled', async () => {
  const { id, code } = await made();
  const sale = heldSale();
  await reserve(code, sale);
  expect(await reserve(code, sale)).toMatchObject({ __typename: 'ReserveCouponPayload' });
  await disable(id);
  expect(await reserve(code, sale)).toMatchObject({ reason: 'EXPIRED' });
});

test('a coupon takes off no more than its budget', async () => {
  const { id, code } = await made({ budget: { amount: 700, currency: 'GBP' } });
  expect(await race(reserve, code, sales(12))).toHaveLength(3);
  expect(await countsOf(harness, id)).toMatchObject({ amount: 600 });
});

test('control: without the constraints the same races exceed each limit', async () => {
  const unlimited = await openUnlimited();
  const cases = [
    [{ redemptionLimit: 3 }, sales(30), 3],
    [{ perUserLimit: 2 }, sales(10, { customerId: 'usr_eager' }), 2],
    [{ redemptionLimit: 50 }, sales(10, { customerId: 'usr_hoarder' }), 1],
    [{ budget: { amount: 700, currency: 'GBP' } }, sales(12), 3],
  ] as const;
  for (const [limit, wanting, allowed] of cases) {
    const { code } = await unlimited.made(limit);
    expect((await race(unlimited.reserve, code, wanting)).length).toBeGreaterThan(allowed);
  }
  expect(await beFirst(unlimited)).toEqual(Array.from({ length: 3 }, () => 'ReserveCouponPayload'));
});

/** Uses three coupons for a first booking at once, by one person. @returns the answers' types or reasons */
async function beFirst({ made: make, reserve: reserveOne }: ReturnType<typeof operationsOf>): Promise<unknown[]> {
  const coupons = await Promise.all([1, 2, 3].map(() => make({ firstBookingOnly: true })));
  const answers = coupons.map(({ code }) => reserveOne(code, heldSale({ customerId: 'usr_newcomer' })));
  return (await Promise.all(answers)).map(({ reason, __typename }) => reason ?? __typename).toSorted();
}

test('of the coupons for a first booking a person has one in use, also of several at once', async () => {
  expect(await beFirst(operationsOf(harness))).toEqual([
    ...['NOT_FIRST_BOOKING', 'NOT_FIRST_BOOKING', 'ReserveCouponPayload'],
  ]);
});

const somethingWaits = () =>
  eventually(async () =>
    expect(
      await harness.database.$executeRaw`SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    ).toBeGreaterThan(0),
  );

test('a reservation that waits for a coupon to be disabled finds it disabled', async () => {
  const { id, code } = await made();
  const reserved = await harness.database.$sqlTransaction(async (tx) => {
    await new CouponRepository(tx).disable(id, 'usr_admin');
    const waiting = reserve(code, heldSale());
    await somethingWaits();
    return { waiting };
  });
  expect(await reserved.waiting).toMatchObject({ reason: 'EXPIRED' });
  expect(await countsOf(harness, id)).toMatchObject({ reserved: 0 });
});

test('nobody reserves a coupon once it is disabled, also when both happen at once', async () => {
  const { id, code } = await made();
  const reserving = race(reserve, code, sales(20));
  await disable(id);
  const before = await reserving;
  expect(await countsOf(harness, id)).toMatchObject({ reserved: before.length });
  expect(await reserve(code, heldSale())).toMatchObject({ reason: 'EXPIRED' });
  await tell(harness, before[0] ?? heldSale(), id, 'CONFIRMED').catch(() => undefined);
  expect((await countsOf(harness, id)).redeemed).toBe(Math.min(before.length, 1));
});

test('whichever of a payment and a cancellation comes first, a coupon that was given back stays so', async () => {
  const { id, code } = await made();
  const paid = sales(12);
  await race(reserve, code, paid);
  await Promise.all(
    paid.flatMap((sale) => [tell(harness, sale, id, 'CANCELLED'), tell(harness, sale, id, 'CONFIRMED')]),
  );
  expect(await countsOf(harness, id)).toEqual({ reserved: 0, redeemed: 0, amount: 0 });
});

test('control: what does not look at the status redeems a returned coupon, and the trigger refuses that', async () => {
  const { id, code } = await made();
  const sale = heldSale();
  await reserve(code, sale);
  await tell(harness, sale, id, 'CANCELLED');
  const carelessly = () => harness.database.$executeRaw`
    UPDATE coupon_redemptions SET status = 'REDEEMED' WHERE hold_id = ${sale.holdId}`;
  await expect(carelessly()).rejects.toThrow('was returned for good');
  await harness.database.$executeRaw`
    ALTER TABLE coupon_redemptions DISABLE TRIGGER coupon_redemptions_refuse_rewrite`;
  await carelessly();
  await harness.database.$executeRaw`
    ALTER TABLE coupon_redemptions ENABLE TRIGGER coupon_redemptions_refuse_rewrite`;
  expect(await countsOf(harness, id)).toMatchObject({ redeemed: 1 });
});

test('a reservation is released when booking has no booking of it, and only then', async () => {
  const { id, code } = await made();
  const [gone, booked, fresh] = [heldSale(), heldSale(), heldSale()] as const;
  await race(reserve, code, [gone, booked, fresh]);
  harness.others.bookings.set(booked.holdId, bookingIdOf(booked));
  await harness.database.$executeRaw`
    UPDATE coupon_redemptions SET reserved_at = reserved_at - interval '3 minutes'
    WHERE hold_id = ANY (${[gone.holdId, booked.holdId]})`;
  const openReservations = new OpenReservationRepository(harness.database);
  const query = async <Data>(_subgraph: string, { variables }: { variables?: object | undefined }) => {
    const { holdIds = [] } = variables as { holdIds?: string[] };
    const followed = holdIds.filter((holdId) => harness.others.bookings.has(holdId));
    return { couponBookings: followed.map((holdId) => ({ holdId, bookingId: holdId })) } as Data;
  };
  await releaseReservations({ openReservations, holds: bookingOf({ query }) });
  expect(await countsOf(harness, id)).toMatchObject({ reserved: 2 });
  await tell(harness, booked, id, 'CONFIRMED');
  expect(await countsOf(harness, id)).toMatchObject({ reserved: 1, redeemed: 1 });
});

test('sales with a coupon without a limit do not wait for its row; control: those of one with a limit do', async () => {
  const [free, scarce] = [await made({ organisationId: 'org_1' }), await made({ redemptionLimit: 5 })];
  const { waiting } = await harness.database.$sqlTransaction(async (tx) => {
    await tx.$executeRaw`UPDATE coupons SET created_by = 'usr_other' WHERE id = ANY (${[free.id, scarce.id]}::text[])`;
    const sale = heldSale();
    expect(await reserve(free.code, sale)).toMatchObject({ couponId: free.id });
    for (const status of ['PENDING_PAYMENT', 'CONFIRMED', 'CANCELLED'] as const) {
      await tell(harness, sale, free.id, status);
    }
    await reserve(free.code, heldSale());
    const late = reserve(scarce.code, heldSale());
    await somethingWaits();
    return { waiting: late };
  });
  expect(await waiting).toMatchObject({ couponId: scarce.id });
  expect(await countsOf(harness, free.id)).toEqual({ reserved: 1, redeemed: 0, amount: 200 });
});
