import { ANONYMOUS, type Caller } from '@marquee/subgraph';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { openCatalog, partner, type CatalogHarness } from './harness.ts';
import { createFixture, type Fixture, mutate, schedule, type ShowResult } from './operations.ts';

const UPDATE = `mutation($input: UpdateShowInput!) { result: updateShow(input: $input) {
  __typename
  ... on UpdateShowPayload { affectedBookings show {
    id startsAt endsAt status highDemand screen { id } priceFrom { amount } priceTiers { id name price { amount } } } }
  ... on ScreenConflictError { conflictingShow { id } }
  ... on UserError { message } } }`;

const CANCEL = `mutation($showId: ID!, $reason: String!) { result: cancelShow(showId: $showId, reason: $reason) {
  __typename ... on CancelShowPayload { show { id status } } ... on UserError { message } } }`;

let harness: CatalogHarness;
let fixture: Fixture;
beforeAll(async () => {
  harness = await openCatalog();
  fixture = await createFixture(harness);
});
beforeEach(() => Object.assign(harness.demand, { bookings: 0, takenSeats: 0 }));

let day = 0;
/** A show on a day of its own, at 18:00. */
async function aShow(): Promise<ShowResult & { date: string }> {
  day += 1;
  const date = new Date(Date.UTC(2027, 5, day)).toISOString().slice(0, 10);
  const [show] = await schedule(harness, fixture, [`${date}T18:00:00.000Z`]);
  if (!show) throw new Error('no show');
  return { ...show, date };
}

const update = (input: object) => mutate(harness, UPDATE, input, fixture.owner) as Promise<unknown>;

async function refusal(query: string, caller: Caller, variables: Record<string, unknown>) {
  const { data, errors = [] } = await harness.execute(query, caller, variables);
  const result = data?.['result'] as { __typename: string } | null | undefined;
  if (result) return result.__typename;
  return errors.map(({ extensions }) => [extensions?.['code'], extensions?.['field']].filter(Boolean).join(' ')).join();
}

describe('updateShow', () => {
  test('moves a show with its end, tells how many bookings that affects, and emits it', async () => {
    const { id, date } = await aShow();
    harness.demand.bookings = 3;
    expect(await update({ showId: id, startsAt: `${date}T20:00:00.000Z` })).toMatchObject({
      affectedBookings: 3,
      show: { id, startsAt: `${date}T20:00:00.000Z`, endsAt: `${date}T22:30:00.000Z` },
    });
    expect((await harness.emitted('catalog.show-changed')).at(-1)).toMatchObject({
      ...{ showId: id, cityCode: 'lon', screen: { id: fixture.screen.id, name: 'Screen 1' } },
      startsAt: `${date}T20:00:00.000Z`,
    });
  });

  test('changes prices, each tier keeping its id; nobody is affected', async () => {
    const { id, priceTiers } = await aShow();
    harness.demand.bookings = 3;
    const tierPrices = [
      { tierName: 'Standard', price: { amount: 3_000, currency: 'GBP' } },
      { tierName: 'Premium', price: { amount: 2_500, currency: 'GBP' } },
    ];
    const result = await update({ showId: id, tierPrices, highDemand: true });
    const idOf = (name: string) => priceTiers.find((tier) => tier.name === name)?.id;
    expect(result).toMatchObject({
      affectedBookings: 0,
      show: {
        ...{ highDemand: true, priceFrom: { amount: 2_500 } },
        priceTiers: [
          { id: idOf('Premium'), name: 'Premium', price: { amount: 2_500 } },
          { id: idOf('Standard'), name: 'Standard', price: { amount: 3_000 } },
        ],
      },
    });
  });

  test('keeps both of two changes at once', async () => {
    const { id, date } = await aShow();
    const startsAt = `${date}T20:00:00.000Z`;
    const tierPrices = ['Standard', 'Premium'].map((tierName) => ({
      tierName,
      price: { amount: 100, currency: 'GBP' },
    }));
    await Promise.all([
      update({ showId: id, startsAt }),
      update({ showId: id, tierPrices }),
      update({ showId: id, highDemand: true }),
    ]);
    expect(await update({ showId: id })).toMatchObject({
      show: { startsAt, highDemand: true, priceFrom: { amount: 100 } },
    });
  });

  test('refuses a time at which another show occupies the screen, also of two changes at once', async () => {
    const [one, two] = [await aShow(), await aShow()];
    const third = await aShow();
    expect(await update({ showId: two.id, startsAt: `${one.date}T19:00:00.000Z` })).toMatchObject({
      ...{ __typename: 'ScreenConflictError', conflictingShow: { id: one.id } },
    });
    const startsAt = `${one.date}T08:00:00.000Z`;
    const results = await Promise.all([update({ showId: two.id, startsAt }), update({ showId: third.id, startsAt })]);
    const outcomes = results.map((result) => (result as { __typename: string }).__typename);
    expect(outcomes.toSorted()).toEqual(['ScreenConflictError', 'UpdateShowPayload']);
  });

  test('moves a show to another screen only while no seat of it is taken', async () => {
    const { id } = await aShow();
    const tierPrices = [{ tierName: 'Standard', price: { amount: 900, currency: 'GBP' } }];
    const input = { showId: id, screenId: fixture.studio.id, tierPrices };
    harness.demand.takenSeats = 1;
    expect(await refusal(UPDATE, fixture.owner, { input })).toBe('BAD_USER_INPUT input.screenId');
    harness.demand.takenSeats = 0;
    expect(await update(input)).toMatchObject({ show: { screen: { id: fixture.studio.id } } });
    const other = await createFixture(harness, { name: 'Elsewhere', address: '9 High Street' });
    const away = { showId: id, screenId: other.screen.id };
    expect(await refusal(UPDATE, fixture.owner, { input: away })).toBe('BAD_USER_INPUT input.screenId');
  });

  test('refuses a time in the past, a show that is cancelled, and other partners', async () => {
    const { id } = await aShow();
    const past = { showId: id, startsAt: '2027-01-01T10:00:00.000Z' };
    expect(await refusal(UPDATE, fixture.owner, { input: past })).toBe('BAD_USER_INPUT input.startsAt');
    expect(await refusal(UPDATE, partner(), { input: { showId: id } })).toBe('FORBIDDEN');
    expect(await refusal(UPDATE, ANONYMOUS, { input: { showId: id } })).toBe('UNAUTHENTICATED');
    expect(await refusal(UPDATE, fixture.owner, { input: { showId: 'lon_shw_none' } })).toBe('NOT_FOUND');
    await harness.execute(CANCEL, fixture.owner, { showId: id, reason: 'Power cut' });
    expect(await refusal(UPDATE, fixture.owner, { input: { showId: id } })).toBe('ShowNotUpcomingError');
  });
});

describe('cancelShow', () => {
  test('cancels a show once, and emits that once with the reason', async () => {
    const { id } = await aShow();
    const cancel = () => harness.execute(CANCEL, fixture.owner, { showId: id, reason: ' The pianist is ill ' });
    const answers = await Promise.all([cancel(), cancel()]);
    for (const { data } of answers) expect(data).toMatchObject({ result: { show: { id, status: 'CANCELLED' } } });
    const emitted = (await harness.emitted('catalog.show-cancelled')).filter(({ showId }) => showId === id);
    expect(emitted).toEqual([{ showId: id, cityCode: 'lon', reason: 'The pianist is ill' }]);
  });

  test('frees the screen at that time', async () => {
    const { id, date } = await aShow();
    await harness.execute(CANCEL, fixture.owner, { showId: id, reason: 'Power cut' });
    expect(await schedule(harness, fixture, [`${date}T18:00:00.000Z`])).toHaveLength(1);
  });

  test('refuses a show that has started, a blank reason, and other partners', async () => {
    const { id, date } = await aShow();
    expect(await refusal(CANCEL, fixture.owner, { showId: id, reason: ' ' })).toBe('BAD_USER_INPUT reason');
    expect(await refusal(CANCEL, partner(), { showId: id, reason: 'Mine now' })).toBe('FORBIDDEN');
    expect(await refusal(CANCEL, ANONYMOUS, { showId: id, reason: 'x' })).toBe('UNAUTHENTICATED');
    const before = harness.clock.now;
    harness.clock.now = new Date(`${date}T18:00:00.000Z`);
    expect(await refusal(CANCEL, fixture.owner, { showId: id, reason: 'Too late' })).toBe('ShowNotUpcomingError');
    harness.clock.now = before;
  });
});
