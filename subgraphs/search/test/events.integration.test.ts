import { newId } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { Retention } from '../src/adapters/retention.ts';
import { StoredSignals } from '../src/adapters/stored-signals.ts';
import { showChanged, showsScheduled, titleChanged } from './facts.ts';
import { openSearch } from './harness.ts';

const harness = await openSearch();
const { deliver, emit, ids, search } = harness;
const HOUR_MS = 3_600_000;
const IN_AMSTERDAM = { text: '', cityId: 'cty_ams' };

test('a renamed title is found under its new name within two seconds, also by who was just told that there is none', async () => {
  await emit('catalog.title-changed', titleChanged('ttl_1', 0, 'Barton Fink'), { key: 'ttl_1' });
  await eventually(async () => expect(await ids({ text: 'barton fink' })).toEqual(['ttl_1']));
  expect(await ids({ text: 'hudsucker proxy' })).toEqual([]);
  await emit('catalog.title-changed', titleChanged('ttl_1', 1, 'The Hudsucker Proxy'), { key: 'ttl_1' });
  await eventually(async () => expect(await ids({ text: 'hudsucker proxy' })).toEqual(['ttl_1']), { timeoutMs: 2_000 });
  expect(await ids({ text: 'barton fink' })).toEqual([]);
});

test('an older event that comes late changes nothing, and of a batch the latest counts', async () => {
  const id = newId('ttl');
  await deliver('catalog.title-changed', titleChanged(id, 2, 'Blood Simple'));
  await deliver('catalog.title-changed', titleChanged(id, 1, 'Raising Arizona'));
  expect([await ids({ text: 'blood simple' }), await ids({ text: 'raising arizona' })]).toEqual([[id], []]);
});

test('an event without facts is for those who need none', async () => {
  await deliver('catalog.title-changed', { titleId: newId('ttl'), version: 0, name: 'Intolerable', facts: null });
  expect(await ids({ text: 'intolerable' })).toEqual([]);
});

test('a show is on the day that its last change says, in whatever order scheduling and changes come', async () => {
  const [first, second] = [newId('ttl'), newId('ttl')];
  for (const id of [first, second]) await deliver('catalog.title-changed', titleChanged(id, 0, 'Shown'));
  const date = '2050-06-01';
  const changed = (showId: string) => showChanged(showId, 3, '2050-06-01T18:00:00.000Z');
  await deliver('catalog.shows-scheduled', showsScheduled(first, 'ams_shw_a'));
  await deliver('catalog.show-changed', changed('ams_shw_a'));
  await deliver('catalog.show-changed', changed('ams_shw_b'));
  await deliver('catalog.show-changed', showChanged('ams_shw_b', 2, '2050-07-01T18:00:00.000Z'));
  await deliver('catalog.shows-scheduled', showsScheduled(second, 'ams_shw_b'));
  expect((await ids({ ...IN_AMSTERDAM, filter: { date } })).toSorted()).toEqual([first, second].toSorted());
  expect(await ids({ ...IN_AMSTERDAM, filter: { date: '2050-07-01' } })).toEqual([]);
});

test('a cancelled show is over, also when it is cancelled before it is known', async () => {
  const [early, late] = [newId('ttl'), newId('ttl')];
  for (const id of [early, late]) await deliver('catalog.title-changed', titleChanged(id, 0, 'Cancelled'));
  const cancel = (showId: string) => deliver('catalog.show-cancelled', { showId, cityCode: 'ams', reason: 'Ill.' });
  await deliver('catalog.shows-scheduled', showsScheduled(late, 'ams_shw_late'));
  expect(await ids({ ...IN_AMSTERDAM, text: 'cancelled' })).toEqual([late]);
  await cancel('ams_shw_late');
  await cancel('ams_shw_early');
  await deliver('catalog.shows-scheduled', showsScheduled(early, 'ams_shw_early'));
  expect(await ids({ ...IN_AMSTERDAM, text: 'cancelled' })).toEqual([]);
});

test('what is sold out ranks behind what has seats, and not any more once a seat is free', async () => {
  const [a, b] = ['ttl_sold_a', 'ttl_sold_b'];
  for (const id of [a, b]) await deliver('catalog.title-changed', titleChanged(id, 0, 'Soldout'));
  await deliver('catalog.shows-scheduled', showsScheduled(a, 'ams_shw_1', 'ams_shw_2'));
  await deliver('catalog.shows-scheduled', showsScheduled(b, 'ams_shw_3'));
  const order = () => ids({ ...IN_AMSTERDAM, text: 'soldout' });
  const report = (showId: string, soldOut: boolean) =>
    deliver('booking.show-availability-changed', { showId, soldOut });
  await report('ams_shw_1', true);
  expect(await order()).toEqual([a, b]);
  await report('ams_shw_2', true);
  expect(await order()).toEqual([b, a]);
  await report('ams_shw_2', false);
  expect(await order()).toEqual([a, b]);
});

test('visits make popular, suspicious ones do not', async () => {
  const [a, b] = ['ttl_v_a', 'ttl_v_b'];
  for (const id of [a, b]) await deliver('catalog.title-changed', titleChanged(id, 0, 'Visited'));
  const visit = (titleId: string, suspicious: boolean) =>
    deliver('activity.visits-recorded', {
      visits: Array.from({ length: 20 }, () => ({
        ...{
          eventId: newId('evt'),
          kind: 'TITLE_VIEW',
          userId: null,
          visitorId: newId('vis'),
          titleId,
          cityCode: null,
        },
        ...{ at: new Date().toISOString(), suspicious },
      })),
    });
  await visit(a, true);
  await visit(b, false);
  expect(await ids({ text: 'visited' })).toEqual([b, a]);
});

test('what is popular without being a title is forgotten after two days, and a title is not', async () => {
  await deliver('catalog.title-changed', titleChanged('ttl_known', 0, 'Known'));
  const signals = new StoredSignals(harness.database);
  const at = new Date();
  const look = (...titleIds: string[]) => signals.addInterests(titleIds.map((titleId) => ({ titleId, weight: 1, at })));
  await look('ttl_known', 'ttl_invented');
  await signals.rate([{ subjectId: 'ttl_rated', version: 0, score: 4 }]);
  await harness.database.signal.updateMany({ data: { firstAt: new Date(Date.now() - 49 * HOUR_MS) } });
  await look('ttl_late');
  await new Retention(harness.database).deleteUnknown();
  const subjectId = { in: ['ttl_invented', 'ttl_known', 'ttl_late', 'ttl_rated'] };
  const kept = await harness.database.signal.findMany({ where: { subjectId }, orderBy: { subjectId: 'asc' } });
  expect(kept.map((signal) => signal.subjectId)).toEqual(['ttl_known', 'ttl_late', 'ttl_rated']);
});

test('bookings and ratings rank what is equal otherwise; a rating that comes late does not', async () => {
  for (const id of ['ttl_r_a', 'ttl_r_b']) await deliver('catalog.title-changed', titleChanged(id, 0, 'Ranked'));
  const rate = (version: number, score: number) =>
    deliver('ratings.rating-changed', { subject: 'TITLE', subjectId: 'ttl_r_b', version, count: 9, average: 5, score });
  const order = async () => {
    await deliver('catalog.title-changed', titleChanged(newId('ttl'), 0, 'Other'));
    return ids({ text: 'ranked' });
  };
  await rate(2, 4.5);
  await rate(1, 1);
  expect(await order()).toEqual(['ttl_r_b', 'ttl_r_a']);
  for (let booking = 0; booking < 3; booking += 1) {
    await deliver('booking.confirmed', {
      ...{ bookingId: newId('bkg'), previousStatus: 'PENDING_PAYMENT', customerId: 'usr_1', showId: 'ams_shw_1' },
      ...{ titleId: 'ttl_r_a', titleName: 'Ranked', venueName: 'V', startsAt: new Date().toISOString(), seats: [] },
      ...{ timeZone: 'Europe/Amsterdam', total: { amount: 1, currency: 'EUR' }, paymentId: 'pay_1' },
    });
  }
  expect(await order()).toEqual(['ttl_r_a', 'ttl_r_b']);
});

test('a scope of answers is dropped when something in it changes, and others are kept', async () => {
  await deliver('catalog.title-changed', titleChanged('ttl_c', 0, 'Kept'));
  await search({ text: 'kept' });
  const statements = () => harness.statements.during(() => search({ text: 'kept' }));
  expect(await statements()).toHaveLength(1);
  await deliver('booking.show-availability-changed', { showId: 'ist_shw_9', soldOut: true });
  expect((await statements()).length).toBeGreaterThan(1);
  const inCity = { text: 'kept', cityId: 'cty_ams' };
  await search(inCity);
  await deliver('booking.show-availability-changed', { showId: 'ist_shw_9', soldOut: false });
  expect(await harness.statements.during(() => search(inCity))).toHaveLength(1);
});
