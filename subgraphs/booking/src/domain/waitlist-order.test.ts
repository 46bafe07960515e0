import fc from 'fast-check';
import { expect, test } from 'vitest';

import { mayPass, offerInOrder, type OfferOutcome, type WaitlistRules } from './waitlist-order.ts';

interface Party {
  readonly tierId: string | null;
  readonly partySize: number;
}

const TIERS = ['stalls', 'balcony'];
const CAPACITY = 6;
const tier = fc.constantFrom(...TIERS);
const party = fc.record({ tierId: fc.option(tier), partySize: fc.integer({ min: 1, max: CAPACITY }) });
const parties = fc.array(party, { maxLength: 8 });
const seats = fc.record({ stalls: fc.nat(CAPACITY), balcony: fc.nat(CAPACITY) });

type Free = Record<string, number>;
/** The tiers in which each party was seated. */
type Served = Map<Party, readonly string[]>;
type Serve = (waiting: readonly Party[], free: Free, isLate: boolean) => Promise<Served>;

const wants = ({ tierId }: Party, id: string): boolean => tierId === null || tierId === id;

/** Seats a party in a tier, in any when null. @returns where; null when too few seats are free */
function seat(free: Free, { partySize }: Party, tierId: string | null): readonly string[] | null {
  const ids = tierId === null ? TIERS : [tierId];
  if (ids.reduce((sum, id) => sum + (free[id] ?? 0), 0) < partySize) return null;
  let left = partySize;
  return ids.filter((id) => {
    const taken = Math.min(left, free[id] ?? 0);
    free[id] = (free[id] ?? 0) - taken;
    left -= taken;
    return taken > 0;
  });
}

const serve: Serve = async (waiting, free, isLate) => {
  const served: Served = new Map();
  const rules: WaitlistRules = { tierIds: TIERS, mayPass: isLate };
  await offerInOrder(waiting, rules, async (each, tierId): Promise<OfferOutcome> => {
    const seated = seat(free, each, tierId);
    if (seated) served.set(each, seated);
    return seated ? 'OFFERED' : 'TOO_FEW';
  });
  return served;
};

/** Serves whoever fits, and goes on after one who does not fit unless `stops`. */
function control(stops: boolean): Serve {
  return async (waiting, free) => {
    const served: Served = new Map();
    for (const each of waiting) {
      const seated = seat(free, each, each.tierId);
      if (seated) served.set(each, seated);
      else if (stops) break;
    }
    return served;
  };
}

/** Somebody was seated in a tier that a party before them, who is still waiting, waits for. */
async function isAnybodyPassed(by: Serve, waiting: readonly Party[], free: Free): Promise<boolean> {
  const served = await by(waiting, free, false);
  return waiting.some(
    (first, index) =>
      !served.has(first) &&
      waiting.slice(index + 1).some((later) => served.get(later)?.some((id) => wants(first, id)) ?? false),
  );
}

/** Seats stay free although the first who waits for them fits. */
async function areSeatsWasted(by: Serve, waiting: readonly Party[], free: Free): Promise<boolean> {
  const served = await by(waiting, free, false);
  const left = waiting.filter((each) => !served.has(each));
  return TIERS.some((id) => {
    const first = left.find((each) => wants(each, id));
    return first !== undefined && first.partySize <= (free[id] ?? 0);
  });
}

test('until the last day nobody passes a party before them that waits for the same seats', async () => {
  await fc.assert(fc.asyncProperty(parties, seats, async (all, free) => !(await isAnybodyPassed(serve, all, free))));
});

test('no seat stays free for which the first who waits for it fits', async () => {
  await fc.assert(fc.asyncProperty(parties, seats, async (all, free) => !(await areSeatsWasted(serve, all, free))));
});

test('control: serving whoever fits passes the first, and stopping at the first who does not fit wastes seats', async () => {
  const large = { tierId: 'stalls', partySize: 3 };
  const free = { stalls: 2, balcony: 2 };
  expect(await isAnybodyPassed(control(false), [large, { tierId: 'stalls', partySize: 2 }], { ...free })).toBe(true);
  expect(await areSeatsWasted(control(true), [large, { tierId: 'balcony', partySize: 2 }], { ...free })).toBe(true);
});

test('in the last day everybody is served who fits into what those before have left', async () => {
  await fc.assert(
    fc.asyncProperty(parties, seats, async (all, free) => {
      const served = await serve(all, free, true);
      return all.every((each) => served.has(each) || seat({ ...free }, each, each.tierId) === null);
    }),
  );
});

test('nobody is starved: whoever fits into an empty house is served as seats come free', async () => {
  await fc.assert(
    fc.asyncProperty(parties, fc.boolean(), async (all, isLate) => {
      let waiting: readonly Party[] = all;
      for (let turn = 0; turn < all.length; turn += 1) {
        const served = await serve(waiting, { stalls: CAPACITY, balcony: CAPACITY }, isLate);
        waiting = waiting.filter((each) => !served.has(each));
      }
      return waiting.length === 0;
    }),
  );
});

test('a party is passed by smaller ones in the last day before the show alone', () => {
  const startsAt = new Date('2027-03-05T19:30:00Z');
  expect(mayPass({ startsAt }, new Date('2027-03-04T19:29:59Z'))).toBe(false);
  expect(mayPass({ startsAt }, new Date('2027-03-04T19:30:00Z'))).toBe(true);
});
