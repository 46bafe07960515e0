import { book, confirm, expire, holdSeats, type Order, pay } from '../purchase.ts';
import type { Plan } from '../scene.ts';
import type { CardTesterSettings } from '../settings.ts';
import { pauseMs, register, type Ring, shared, startOf, visitOf } from './ring.ts';

const MINUTE_MS = 60_000;
/** Cards that are tried on one booking, while it waits for its payment. */
const CARDS_A_BOOKING = 4;

/** Tries a list of stolen cards, to see which work. */
export function planCardTesters(ring: Ring<CardTesterSettings>): Plan[] {
  const { settings, scene } = ring;
  const cards = Array.from({ length: settings.cards }, (_, card) => `card_${ring.name}_${card}`);
  const minutes = (settings.cards * settings.secondsBetween) / 60;
  let at = startOf(ring, minutes + 30);
  const accounts = Array.from({ length: settings.accounts }, (_, account): Plan => {
    const registeredAt = Math.max(scene.from, at - (30 - account) * MINUTE_MS);
    return { at: registeredAt, run: () => register(ring, account, registeredAt) };
  });
  const batches = Array.from({ length: Math.ceil(cards.length / CARDS_A_BOOKING) }, (_, batch): Plan => {
    const start = at;
    const tried = cards.slice(batch * CARDS_A_BOOKING, (batch + 1) * CARDS_A_BOOKING);
    const attempts = tried.map((card) => ({ card, at: (at += pauseMs(ring)) }));
    return { at: start, run: () => tryCards(ring, batch, attempts) };
  });
  return [...accounts, ...batches];
}

interface Try {
  readonly card: string;
  readonly at: number;
}

function tryCards(ring: Ring<CardTesterSettings>, batch: number, tries: readonly Try[]): void {
  const { random, settings } = ring;
  if (random.chance(settings.topUpShare)) topUp(ring, batch, tries);
  else buyTicket(ring, batch, tries);
}

function topUp(ring: Ring<CardTesterSettings>, batch: number, tries: readonly Try[]): void {
  const { scene, random, settings, actor } = ring;
  const { userId } = visitOf(ring, shared(settings.accounts, batch)).sender;
  for (const { card, at } of tries) {
    const amount = { amount: 100 * (1 + random.int(5)), currency: 'EUR' };
    const approved = random.chance(settings.approvalRate);
    pay(scene, { order: { actor, customerId: userId, card }, bookingId: null, amount, at, approved });
  }
}

function buyTicket(ring: Ring<CardTesterSettings>, batch: number, tries: readonly Try[]): void {
  const { scene, random, settings, city } = ring;
  const [first] = tries;
  const show = first && scene.boxOffice.cheapest(city.code, first.at);
  if (!first || !show) return;
  const visit = visitOf(ring, shared(settings.accounts, batch));
  const customerId = visit.sender.userId;
  const order: Order = { ...visit, customerId, show, seats: 1, card: first.card, seconds: 1, declineRate: 1 };
  const hold = holdSeats(scene, order, first.at - 500);
  if (!hold) return;
  const bookingId = book(scene, hold, first.at - 200);
  for (const { card, at } of tries) {
    const attempt = { ...order, card };
    if (random.chance(settings.approvalRate))
      return void confirm(scene, { ...hold, order: attempt }, { bookingId, at });
    pay(scene, { order: attempt, bookingId, amount: show.price, at, approved: false });
  }
  expire(scene, hold, bookingId);
}
