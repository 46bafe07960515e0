import { beforeAll, describe, expect, test } from 'vitest';

import {
  type AttackerKind,
  imagineMarketplace,
  KNOWN_ATTACKERS,
  type LabelledEvent,
  simulate,
  type TrafficPayloads,
  type TrafficType,
  UNSEEN_ATTACKERS,
} from './index.ts';
import { accountOf } from './labels.ts';

const from = new Date('2026-11-02T00:00:00.000Z');
const days = 7;
const marketplace = imagineMarketplace({ seed: 7, from, days });
const shows = new Map(marketplace.shows.map((show) => [show.id, show]));
const settings = { seed: 7, from, days, marketplace, people: 2500 };

let events: LabelledEvent[] = [];
let unseen: LabelledEvent[] = [];
beforeAll(() => {
  events = [...simulate({ ...settings, attackers: KNOWN_ATTACKERS })];
  unseen = [...simulate({ ...settings, attackers: UNSEEN_ATTACKERS })];
});

type Of<Type extends TrafficType> = Omit<Extract<LabelledEvent, { type: Type }>, 'payload'> & {
  readonly payload: TrafficPayloads[Type];
};

function all<Type extends TrafficType>(type: Type, of = events): Of<Type>[] {
  return of.filter((event) => event.type === type) as unknown as Of<Type>[];
}

function by<Item>(items: readonly Item[], key: (item: Item) => string | null): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item) ?? '');
    if (group) group.push(item);
    else groups.set(key(item) ?? '', [item]);
  }
  return groups;
}

const honest = <Event extends { actor: LabelledEvent['actor'] }>(of: readonly Event[]): Event[] =>
  of.filter(({ actor }) => !actor.isAttacker);
const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;

describe('the stream', () => {
  test('is the same for the same seed, and another for another', () => {
    const small = { ...settings, people: 150, days: 2, attackers: KNOWN_ATTACKERS.slice(2, 4) };
    expect([...simulate(small)]).toEqual([...simulate(small)]);
    expect([...simulate({ ...small, seed: 8 })].length).not.toBe([...simulate(small)].length);
  });

  test('is in the order of time, within its days, and has no id twice', () => {
    const times = events.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(from.getTime());
    expect(times.at(-1)).toBeLessThan(from.getTime() + days * 86_400_000);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
  });

  test('ends in the middle of a day where it is told to', () => {
    const short = [...simulate({ ...settings, days: 1.25 })];
    expect(short.length).toBeGreaterThan(0);
    expect(short.at(-1)?.at).toBeLessThan(from.getTime() + 1.25 * 86_400_000);
  });

  test('never sells a seat that is sold', () => {
    const taken = new Set<string>();
    for (const { type, payload } of events) {
      if (type !== 'booking.confirmed' && type !== 'booking.cancelled') continue;
      for (const seat of payload.seats.map((label) => `${payload.showId} ${label}`)) {
        expect(taken.has(seat)).toBe(type === 'booking.cancelled');
        if (type === 'booking.confirmed') taken.add(seat);
        else taken.delete(seat);
      }
    }
    expect(taken.size).toBeGreaterThan(500);
  });

  test('an account is of one actor, who is an attacker or not', () => {
    const owners = by(events, ({ payload }) => accountOf(payload));
    owners.delete('');
    for (const owned of owners.values()) expect(new Set(owned.map(({ actor }) => actor.id)).size).toBe(1);
    expect(owners.size).toBeGreaterThan(1000);
  });
});

describe('honest people', () => {
  test('look a lot and buy a little, mostly in the evening', () => {
    const clicks = honest(all('tracked')).filter(({ actor }) => actor.kind !== 'CROWD');
    const views = clicks.filter(({ payload }) => payload.name === 'title_view').length;
    const bought = honest(all('booking.confirmed')).filter(({ actor }) => actor.kind !== 'CROWD').length;
    expect(bought / views).toBeGreaterThan(0.01);
    expect(bought / views).toBeLessThan(0.06);
    const inAmsterdam = clicks.filter(({ payload }) => payload.cityCode === 'ams');
    const hours = by(inAmsterdam, ({ at }) => String(new Date(at + 3_600_000).getUTCHours()));
    expect(hours.get('20')?.length ?? 0).toBeGreaterThan(10 * (hours.get('4')?.length ?? 0));
  });

  test('are declined now and then', () => {
    const failed = honest(all('payment.failed')).length;
    const share = failed / (failed + honest(all('payment.succeeded')).length);
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.12);
  });

  test('have a taste: what they look at later is what people like them looked at before', () => {
    const views = honest(all('tracked')).filter(({ payload }) => payload.name === 'title_view');
    const histories = [...by(views, ({ payload }) => payload.visitorId).values()].map((of) => [
      ...new Set(of.map(({ payload }) => payload.titleId ?? '')),
    ]);
    const [known, others] = [histories.slice(0, 1500), histories.slice(1500).filter(({ length }) => length > 2)];
    const popular = [...by(known.flat(), (title) => title)].toSorted(([, a], [, b]) => b.length - a.length);
    const seenBy = new Map(popular.map(([title, { length }]) => [title, length]));
    const hits = (guess: (seen: readonly string[]) => readonly string[]): number =>
      others.filter((titles) => guess(titles.slice(0, -1)).includes(titles.at(-1) ?? '')).length / others.length;
    const byPopularity = hits((seen) =>
      popular
        .map(([title]) => title)
        .filter((title) => !seen.includes(title))
        .slice(0, 12),
    );
    const byLikeness = hits((seen) => {
      const alike = known.filter((titles) => titles.some((title) => seen.includes(title)));
      const score = (of: readonly string[]): number => of.filter((title) => seen.includes(title)).length / of.length;
      const scores = by(
        alike.flatMap((of) => of.map((title) => ({ title, score: score(of) }))),
        ({ title }) => title,
      );
      const ranked = [...scores].map(([title, of]) => ({
        title,
        score: of.reduce((sum, each) => sum + each.score, 0) / (seenBy.get(title) ?? 1) ** 0.4,
      }));
      const unseenYet = ranked.filter(({ title }) => !seen.includes(title));
      return unseenYet
        .toSorted((a, b) => b.score - a.score)
        .slice(0, 12)
        .map(({ title }) => title);
    });
    expect(byPopularity).toBeGreaterThan(0.05);
    expect(byLikeness).toBeGreaterThan(1.2 * byPopularity);
  });

  test('some look like attackers: families share a card, offices a network, a crowd is fast, some only hold', () => {
    const cards = by(honest(all('payment.succeeded')), ({ payload }) => payload.cardFingerprint);
    const accounts = [...cards.values()].map((paid) => new Set(paid.map(({ payload }) => payload.customerId)).size);
    expect(accounts.filter((count) => count > 1).length).toBeGreaterThan(5);
    const networks = by(honest(all('tracked')), ({ payload }) => payload.network);
    const visitors = [...networks.values()].map((of) => new Set(of.map(({ payload }) => payload.visitorId)).size);
    expect(Math.max(...visitors)).toBeGreaterThan(20);
    const openings = honest(all('booking.requested')).flatMap(({ payload, at }) => {
      const opened = shows.get(payload.showId)?.salesOpenAt ?? 0;
      return opened > 0 ? [(at - opened) / 1000] : [];
    });
    expect(openings.filter((seconds) => seconds < 60).length).toBeGreaterThan(20);
    const hesitant = honest(all('booking.hold-ended')).filter(({ actor }) => actor.kind === 'HESITANT');
    expect(hesitant.length).toBeGreaterThan(20);
  });
});

describe('attackers', () => {
  const madeBy = (kind: AttackerKind, of = events): LabelledEvent[] => of.filter(({ actor }) => actor.kind === kind);

  test('scalpers book within seconds of the opening, and pass tickets on', () => {
    const booked = all('booking.requested', madeBy('SCALPER'));
    const after = booked.map(({ at, payload }) => (at - (shows.get(payload.showId)?.salesOpenAt ?? 0)) / 1000);
    expect(median(after)).toBeLessThan(10);
    const sold = all('booking.confirmed', madeBy('SCALPER')).length;
    expect(all('booking.transfer-changed', madeBy('SCALPER')).length).toBeGreaterThan(0.4 * sold);
  });

  test('card testers are declined most of the time, with many cards an account', () => {
    const failed = all('payment.failed', madeBy('CARD_TESTER'));
    const approved = all('payment.succeeded', madeBy('CARD_TESTER'));
    expect(failed.length).toBeGreaterThan(4 * approved.length);
    const cards = by(failed, ({ payload }) => payload.customerId);
    expect(median([...cards.values()].map(({ length }) => length))).toBeGreaterThan(5);
  });

  test('referral farmers register many accounts on few devices, by one invitation', () => {
    const invited = all('account.registered', madeBy('REFERRAL_FARMER'));
    const codes = by(invited, ({ payload }) => payload.referralCode ?? null);
    codes.delete('');
    expect(median([...codes.values()].map(({ length }) => length))).toBeGreaterThan(5);
    const devices = new Set(all('tracked', madeBy('REFERRAL_FARMER')).map(({ payload }) => payload.device));
    expect(invited.length).toBeGreaterThan(3 * devices.size);
  });

  test('click farms click on most ads that they are shown', () => {
    const names = by(all('tracked', madeBy('CLICK_FARM')), ({ payload }) => payload.name);
    expect(names.get('ad_click')?.length ?? 0).toBeGreaterThan(0.9 * (names.get('ad_impression')?.length ?? Infinity));
  });

  test('the unseen ones are slower and spread over more networks', () => {
    const pace = (of: LabelledEvent[]): number => {
      const tries = [...by(all('payment.failed', madeBy('CARD_TESTER', of)), ({ actor }) => actor.id).values()];
      return median(tries.flatMap((ring) => ring.slice(1).map(({ at }, index) => at - (ring[index]?.at ?? 0))));
    };
    expect(pace(unseen)).toBeGreaterThan(2 * pace(events));
    const networks = (of: LabelledEvent[]): number => {
      const clicks = by(all('tracked', madeBy('CLICK_FARM', of)), ({ actor }) => actor.id);
      return median([...clicks.values()].map((ring) => new Set(ring.map(({ payload }) => payload.network)).size));
    };
    expect(networks(unseen)).toBeGreaterThan(networks(events));
  });
});
