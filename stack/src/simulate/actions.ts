import type { Actor, LabelledEvent, Tracked } from '@marquee/traffic';

interface Common {
  readonly at: number;
  readonly actor: Actor;
}

interface OfCustomer extends Common {
  readonly customerId: string;
}

/** Something that somebody does at a client. */
export type Action =
  | (Common & { readonly type: 'TRACK'; readonly eventId: string; readonly tracked: Tracked })
  | (Common & { readonly type: 'REGISTER'; readonly userId: string; readonly referralCode: string | null })
  | (OfCustomer & { readonly type: 'HOLD'; readonly key: string; readonly showId: string; readonly seats: number })
  | (OfCustomer & { readonly type: 'RELEASE'; readonly key: string })
  | (OfCustomer & { readonly type: 'BOOK'; readonly key: string })
  | (OfCustomer & { readonly type: 'PAY'; readonly key: string; readonly cardToken: string })
  | (OfCustomer & { readonly type: 'TOP_UP'; readonly amount: number; readonly cardToken: string });

const HOLD_BEFORE_BOOKING_MS = 1000;

/** The actions of people and attackers by which the marketplace emits these events. @param prices of a seat, by show */
export function actionsOf(events: readonly LabelledEvent[], prices: ReadonlyMap<string, number>): Action[] {
  return events.flatMap((event) => actionsFor(event, prices)).toSorted((a, b) => a.at - b.at);
}

function actionsFor(event: LabelledEvent, prices: ReadonlyMap<string, number>): Action[] {
  const { at, actor } = event;
  switch (event.type) {
    case 'tracked':
      return [{ type: 'TRACK', at, actor, eventId: event.eventId, tracked: event.payload }];
    case 'account.registered': {
      const { userId, referralCode = null } = event.payload;
      return [{ type: 'REGISTER', at, actor, userId, referralCode }];
    }
    case 'booking.hold-ended': {
      const { customerId, holdId: key, showId, seats, heldSeconds, outcome } = event.payload;
      const hold: Action = { type: 'HOLD', at: at - heldSeconds * 1000, actor, customerId, key, showId, seats };
      return outcome === 'EXPIRED' ? [hold] : [hold, { type: 'RELEASE', at, actor, customerId, key }];
    }
    case 'booking.requested': {
      const { customerId, bookingId: key, showId, total } = event.payload;
      const seats = Math.max(1, Math.round(total.amount / (prices.get(showId) ?? total.amount)));
      const hold: Action = { type: 'HOLD', at: at - HOLD_BEFORE_BOOKING_MS, actor, customerId, key, showId, seats };
      return [hold, { type: 'BOOK', at, actor, customerId, key }];
    }
    case 'payment.succeeded':
    case 'payment.failed': {
      const { customerId, bookingId: key, cardFingerprint, amount } = event.payload;
      const card = event.type === 'payment.succeeded' ? 'tok_visa' : 'tok_insufficient_funds';
      const cardToken = `${card}__${cardFingerprint.replaceAll(/[^a-z0-9]/gi, '')}`;
      if (key === null) return [{ type: 'TOP_UP', at, actor, customerId, amount: amount.amount, cardToken }];
      return [{ type: 'PAY', at, actor, customerId, key, cardToken }];
    }
    default:
      return [];
  }
}
