import { type LabelledEvent, simulate } from '@marquee/traffic';
import { expect, test } from 'vitest';

import { UsageError } from '../command.ts';
import { actionsOf } from './actions.ts';
import { attackersNamed } from './attackers.ts';

const from = new Date('2026-11-30T12:00:00.000Z');
const show = (number: number) => ({
  ...{ id: `lon_shw_${number}`, titleId: 'ttl_1', cityCode: 'lon', startsAt: from.getTime() + 86_400_000 },
  ...{ salesOpenAt: number === 0 ? from.getTime() + 30_000 : 0, highDemand: number === 0, seats: 100 },
  price: { amount: 1000, currency: 'EUR' },
});
const marketplace = {
  cities: [{ id: 'cty_lon', code: 'lon', timeZone: 'Etc/GMT-8' }],
  titles: [{ id: 'ttl_1', name: 'Fargo', genres: [], popularity: 1 }],
  shows: [show(0), show(1), show(2)],
};
const settings = { seed: 1, from, days: 5 / 1440, marketplace, people: 15, sessionsPerWeek: 5040, crowdShare: 1 };
const prices = new Map(marketplace.shows.map(({ id }) => [id, 1000]));

function actionsIn(events: readonly LabelledEvent[], kind: string) {
  return actionsOf(events, prices).filter(({ actor }) => actor.kind === kind);
}

test('five minutes of the simulation have people and each kind of attacker, in the order of time', () => {
  const events = [...simulate({ ...settings, attackers: attackersNamed(undefined) })];
  const actions = actionsOf(events, prices);
  expect(actions.map(({ at }) => at)).toEqual(actions.map(({ at }) => at).toSorted((a, b) => a - b));
  const types = (kind: string): Set<string> => new Set(actionsIn(events, kind).map(({ type }) => type));
  expect(types('SCALPER')).toEqual(new Set(['REGISTER', 'TRACK', 'HOLD', 'BOOK', 'PAY']));
  expect(types('CARD_TESTER')).toContain('TOP_UP');
  expect(types('REFERRAL_FARMER')).toEqual(new Set(['REGISTER', 'TRACK', 'HOLD', 'BOOK', 'PAY']));
  expect(types('CLICK_FARM')).toEqual(new Set(['TRACK']));
  expect(actions.filter(({ actor }) => !actor.isAttacker).length).toBeGreaterThan(50);
});

test('what is paid was booked, and what is booked was held, with as many seats as were paid', () => {
  const actions = actionsIn([...simulate({ ...settings, attackers: attackersNamed('scalper') })], 'SCALPER');
  const done = new Map<string, string[]>();
  for (const action of actions) {
    if (!('key' in action)) continue;
    done.set(action.key, [...(done.get(action.key) ?? []), action.type]);
  }
  const held = actions.flatMap((action) => (action.type === 'HOLD' ? [action.seats] : []));
  expect(new Set(held)).toEqual(new Set([4]));
  expect(done.size).toBeGreaterThan(3);
  for (const steps of done.values()) expect(['HOLD', 'HOLD BOOK PAY', 'HOLD BOOK PAY PAY']).toContain(steps.join(' '));
});

test('attackers are named as on the command line', () => {
  expect(attackersNamed('none')).toEqual([]);
  expect(attackersNamed('scalper,card-tester').map(({ kind }) => kind)).toEqual(['SCALPER', 'CARD_TESTER']);
  expect(() => attackersNamed('burglar')).toThrow(UsageError);
});
