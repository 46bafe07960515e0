import type { Money, Show } from './marketplace.ts';
import { type Scene, track, type Visit } from './scene.ts';

const SECOND_MS = 1000;
/** For how long a hold keeps seats, and a booking waits for its payment. */
const HOLD_SECONDS = 480;
const REWARD = 500;

/** Somebody's wish to buy, and how they go about it. */
export interface Order extends Visit {
  readonly customerId: string;
  readonly show: Show;
  readonly seats: number;
  readonly card: string;
  /** From the hold to the payment. */
  readonly seconds: number;
  readonly declineRate: number;
  /** Whose invitation the customer signed up with, if this is their first purchase. */
  readonly invitedBy?: string | null;
}

/** Seats that are kept for an order. */
export interface Hold {
  readonly order: Order;
  readonly labels: readonly string[];
  readonly at: number;
}

export interface Sale {
  readonly order: Order;
  readonly bookingId: string;
  readonly labels: readonly string[];
  readonly at: number;
}

/** @returns null when the show has not enough seats left */
export function holdSeats({ boxOffice }: Scene, order: Order, at: number): Hold | null {
  const labels = boxOffice.take(order.show, order.seats, at);
  return labels && { order, labels, at };
}

/** Ends a hold that is not bought. */
export function letGo({ stream, boxOffice }: Scene, { order, labels, at }: Hold, afterSeconds: number): void {
  const heldSeconds = Math.min(HOLD_SECONDS, Math.round(afterSeconds));
  const outcome = heldSeconds < HOLD_SECONDS ? 'RELEASED' : 'EXPIRED';
  const { customerId, show } = order;
  const endsAt = at + heldSeconds * SECOND_MS;
  boxOffice.giveBack(show, labels, endsAt);
  stream.add(order.actor, 'booking.hold-ended', endsAt, {
    ...{ holdId: stream.newId('hld'), customerId, showId: show.id, seats: labels.length, heldSeconds, outcome },
  });
}

/** Books and pays what is held. @returns null when the card is declined for good */
export function buy(scene: Scene, hold: Hold): Sale | null {
  const { random } = scene;
  const { order, at } = hold;
  const bookingId = book(scene, hold, at + order.seconds * 600);
  const first = at + order.seconds * SECOND_MS;
  if (!random.chance(order.declineRate)) return confirm(scene, hold, { bookingId, at: first });
  pay(scene, { order, bookingId, amount: totalOf(order), at: first, approved: false });
  const second = first + random.around(40) * SECOND_MS;
  if (random.chance(0.7) && !random.chance(0.3)) return confirm(scene, hold, { bookingId, at: second });
  expire(scene, hold, bookingId);
  return null;
}

/** Makes a booking of a hold, which waits for its payment. @returns its id */
export function book(scene: Scene, { order }: Hold, at: number): string {
  const { actor, customerId, show } = order;
  const bookingId = scene.stream.newId(`${show.cityCode}_bkg`);
  track(scene, order, 'checkout_start', at - order.seconds * 200, { showId: show.id });
  const total = totalOf(order);
  scene.stream.add(actor, 'booking.requested', at, { bookingId, customerId, showId: show.id, total });
  return bookingId;
}

export interface Attempt {
  readonly order: Pick<Order, 'actor' | 'customerId' | 'card'>;
  readonly bookingId: string | null;
  readonly amount: Money;
  readonly at: number;
  readonly approved: boolean;
}

/** Charges a card. @returns the payment's id */
export function pay({ stream, random }: Scene, { order, bookingId, amount, at, approved }: Attempt): string {
  const paymentId = stream.newId('pay');
  const purpose = bookingId === null ? 'WALLET_TOP_UP' : 'BOOKING';
  const { actor, customerId, card: cardFingerprint } = order;
  const payment = { paymentId, bookingId, customerId, amount, purpose, method: 'CARD', cardFingerprint } as const;
  const declineCode = random.pick(['insufficient_funds', 'do_not_honor', 'expired_card', 'incorrect_cvc']);
  if (approved) stream.add(actor, 'payment.succeeded', at, payment);
  else stream.add(actor, 'payment.failed', at, { ...payment, declineCode });
  return paymentId;
}

/** Pays a booking, which confirms it. */
export function confirm(
  scene: Scene,
  { order, labels }: Hold,
  { bookingId, at }: { readonly bookingId: string; readonly at: number },
): Sale {
  const { actor, customerId, show } = order;
  const total = totalOf(order);
  const paymentId = pay(scene, { order, bookingId, amount: total, at, approved: true });
  const { id: showId, titleId } = show;
  const confirmed = at + scene.random.between(200, 1500);
  const booking = { bookingId, customerId, showId, titleId, seats: labels, total, paymentId };
  scene.stream.add(actor, 'booking.confirmed', confirmed, booking);
  if (order.invitedBy) reward(scene, order, order.invitedBy);
  return { order, bookingId, labels, at: confirmed };
}

/** Ends a booking that nobody paid. */
export function expire({ stream, boxOffice }: Scene, { order, labels, at }: Hold, bookingId: string): void {
  const { actor, customerId, show } = order;
  const end = at + HOLD_SECONDS * SECOND_MS;
  boxOffice.giveBack(show, labels, end);
  stream.add(actor, 'booking.expired', end, { bookingId, customerId, showId: show.id });
}

/** Both get a reward once the invited one was at a show. */
function reward({ stream }: Scene, { actor, customerId, show }: Order, inviterId: string): void {
  for (const userId of [inviterId, customerId]) {
    const of = { rewardId: stream.newId('rwd'), userId, inviteeId: customerId };
    const money = { amount: REWARD, currency: show.price.currency };
    stream.add(actor, 'promotions.referral-rewarded', show.startsAt, { ...of, ...money });
  }
}

function totalOf({ show, seats }: Order): Money {
  return { amount: show.price.amount * seats, currency: show.price.currency };
}
