import { passOn } from '../after-sale.ts';
import type { Show } from '../marketplace.ts';
import { buy, holdSeats, letGo, type Order } from '../purchase.ts';
import { type Plan, track } from '../scene.ts';
import type { ScalperSettings } from '../settings.ts';
import { pauseMs, register, type Ring, shared, visitOf } from './ring.ts';

const HOUR_MS = 3_600_000;
const HOARDS = 3;

/** Buys what sells out, the moment that its sale opens. */
export function planScalpers(ring: Ring<ScalperSettings>): Plan[] {
  const { scene, settings, random } = ring;
  const { shows } = scene.marketplace;
  const isTarget = ({ highDemand, salesOpenAt }: Show): boolean =>
    highDemand && salesOpenAt > scene.from && salesOpenAt < scene.until;
  const targets = shows.filter(isTarget);
  if (targets.length === 0) return [];
  const chosen = new Set(Array.from({ length: settings.showsPerRing }, () => random.pick(targets)));
  const first = Math.min(...[...chosen].map(({ salesOpenAt }) => salesOpenAt));
  const prepared = Array.from({ length: settings.accounts }, (_, account) => planPreparation(ring, account, first));
  const sales = [...chosen].flatMap((show) =>
    Array.from({ length: settings.accounts }, (_, account) => planAccount(ring, account, show)),
  );
  return [...prepared, ...sales];
}

/** An account is made some days before the sale, and looks at a few titles. */
function planPreparation(ring: Ring<ScalperSettings>, account: number, before: number): Plan {
  const { scene, settings, random } = ring;
  const at = Math.max(scene.from, before - 48 * HOUR_MS) + account * pauseMs(ring, 20);
  const run = (): void => {
    register(ring, account, at);
    const visit = visitOf(ring, account);
    for (let view = 0, viewAt = at; view < settings.decoyViews; view++) {
      viewAt += pauseMs(ring, 4) + 1000;
      track(scene, visit, 'title_view', viewAt, { title: random.pick(scene.marketplace.titles) });
    }
  };
  return { at, run };
}

function planAccount(ring: Ring<ScalperSettings>, account: number, show: Show): Plan {
  const { scene, settings, random } = ring;
  const visit = visitOf(ring, account);
  const at = show.salesOpenAt + pauseMs(ring);
  const city = scene.marketplace.cities.find(({ code }) => code === show.cityCode) ?? ring.city;
  const order: Order = {
    ...{ ...visit, city, customerId: visit.sender.userId, show, seats: settings.seatsPerAccount },
    ...{ card: `card_${ring.name}_${shared(settings.cards, account)}`, declineRate: 0.1 },
    seconds: pauseMs(ring, 3) / 1000,
  };
  const run = (): void => {
    if (settings.decoyViews > 0) track(scene, order, 'seat_map_view', at, { showId: show.id });
    if (random.chance(settings.hoardShare)) hoard(ring, order, at);
    else buyAll(ring, order, at + pauseMs(ring, 0.3));
  };
  return { at, run };
}

function buyAll({ scene, settings, random }: Ring<ScalperSettings>, order: Order, at: number): void {
  const hold = holdSeats(scene, order, at);
  const sale = hold && buy(scene, hold);
  if (sale && random.chance(settings.transferShare)) passOn(scene, sale, random.around(20, 0.8));
}

/** Keeps seats from others, and takes them again when the hold ends. */
function hoard({ scene, random }: Ring<ScalperSettings>, order: Order, start: number): void {
  for (let time = 0, at = start; time < HOARDS; time++) {
    const hold = holdSeats(scene, order, at);
    if (!hold) return;
    letGo(scene, hold, Infinity);
    at += 480_000 + random.around(2) * 1000;
  }
}
