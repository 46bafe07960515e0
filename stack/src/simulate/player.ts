import { randomUUID } from 'node:crypto';

import type { Sender } from '@marquee/traffic';

import { HoldBestAvailable } from '../audience/operations.ts';
import type { GraphClient } from '../client/index.ts';
import { CreateBooking, PayBooking, type UserErrorResult } from '../demo/operations.ts';
import type { Accounts } from './accounts.ts';
import type { Action } from './actions.ts';
import { ReleaseHold, TopUpWallet, TrackEvents } from './operations.ts';

/** The outcome of an action: null where nothing is worth telling. */
export type Outcome = string | null;

type ActionOf<Type extends Action['type']> = Extract<Action, { type: Type }>;

/** Carries actions out at the public endpoint. What one needs of an earlier one, such as the hold to book, it remembers. */
export class Player {
  readonly #accounts: Accounts;
  /** Where each account was last seen. */
  readonly #places = new Map<string, Sender>();
  readonly #holds = new Map<string, Promise<string | null>>();
  readonly #bookings = new Map<string, Promise<string | null>>();

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  async play(action: Action): Promise<Outcome> {
    switch (action.type) {
      case 'TRACK':
        return this.#track(action);
      case 'REGISTER':
        return this.#register(action);
      case 'HOLD':
        return told(this.#holds, action.key, this.#hold(action), `${action.seats} seats held`);
      case 'RELEASE':
        return this.#release(action);
      case 'BOOK':
        return told(this.#bookings, action.key, this.#book(action), 'booked');
      case 'PAY':
        return this.#pay(action);
      case 'TOP_UP':
        return this.#topUp(action);
    }
  }

  async #track({ eventId, tracked, actor, at }: ActionOf<'TRACK'>): Promise<Outcome> {
    const { userId, visitorId, name, cityId, titleId, showId, searchText } = tracked;
    if (userId !== null) this.#places.set(userId, tracked);
    const client =
      userId === null ? this.#accounts.visitor(tracked) : await this.#accounts.clientOf(userId, actor, tracked);
    const event = { id: `${visitorId}.${eventId}.${at}`, name, at: new Date(at).toISOString(), visitorId };
    await client.request(TrackEvents, { events: [{ ...event, cityId, titleId, showId, searchText }] });
    return null;
  }

  async #register({ userId, actor, referralCode }: ActionOf<'REGISTER'>): Promise<Outcome> {
    const invitedBy = referralCode?.replace(/^REF_/, '') ?? null;
    await this.#accounts.clientOf(userId, actor, this.#placeOf(userId), invitedBy);
    return invitedBy === null ? 'registered' : 'registered with an invitation';
  }

  async #hold(action: ActionOf<'HOLD'>): Promise<string | UserErrorResult> {
    const input = { showId: action.showId, quantity: action.seats, idempotencyKey: randomUUID() };
    const { holdBestAvailable } = await (await this.#clientOf(action)).request(HoldBestAvailable, { input });
    return holdBestAvailable.hold?.id ?? holdBestAvailable;
  }

  async #release(action: ActionOf<'RELEASE'>): Promise<Outcome> {
    const holdId = await this.#holds.get(action.key);
    if (!holdId) return null;
    const { releaseHold } = await (await this.#clientOf(action)).request(ReleaseHold, { holdId });
    return releaseHold.message ?? 'released';
  }

  async #book(action: ActionOf<'BOOK'>): Promise<string | UserErrorResult | null> {
    const holdId = await this.#holds.get(action.key);
    if (!holdId) return null;
    const input = { holdId, idempotencyKey: randomUUID() };
    const { createBooking } = await (await this.#clientOf(action)).request(CreateBooking, { input });
    return createBooking.booking?.id ?? createBooking;
  }

  async #pay(action: ActionOf<'PAY'>): Promise<Outcome> {
    const bookingId = await this.#bookings.get(action.key);
    if (!bookingId) return null;
    const input = { bookingId, with: { cardToken: action.cardToken }, idempotencyKey: randomUUID() };
    const { payBooking } = await (await this.#clientOf(action)).request(PayBooking, { input });
    return payBooking.payment ? `payment ${payBooking.payment.status}` : (payBooking.message ?? payBooking.__typename);
  }

  async #topUp(action: ActionOf<'TOP_UP'>): Promise<Outcome> {
    const amount = { amount: action.amount, currency: 'EUR' };
    const input = { amount, with: { cardToken: action.cardToken }, idempotencyKey: randomUUID() };
    const { topUpWallet } = await (await this.#clientOf(action)).request(TopUpWallet, { input });
    return topUpWallet.message ?? 'top-up of the wallet';
  }

  #clientOf({ customerId, actor }: { customerId: string; actor: Action['actor'] }): Promise<GraphClient> {
    return this.#accounts.clientOf(customerId, actor, this.#placeOf(customerId));
  }

  /** Accounts of a ring that were not seen yet share a place. */
  #placeOf(userId: string): Pick<Sender, 'network' | 'device'> {
    const ring = userId.replace(/_\d+$/, '');
    return this.#places.get(userId) ?? { network: ring, device: ring };
  }
}

/** Remembers what was made, for what follows. @returns what is told of it */
async function told(
  made: Map<string, Promise<string | null>>,
  key: string,
  making: Promise<string | UserErrorResult | null>,
  success: string,
): Promise<Outcome> {
  made.set(
    key,
    making.then(
      (result) => (typeof result === 'string' ? result : null),
      () => null,
    ),
  );
  const result = await making;
  if (result === null) return null;
  return typeof result === 'string' ? success : (result.message ?? result.__typename);
}
