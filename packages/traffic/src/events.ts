import type { Actor } from './actor.ts';
import type { Money } from './marketplace.ts';

/** Names of tracked events that mean something to the marketplace. */
export type TrackedName =
  | 'title_view'
  | 'show_view'
  | 'seat_map_view'
  | 'search'
  | 'search_click'
  | 'checkout_start'
  | 'ad_impression'
  | 'ad_click';

/** Where a request came from: who is signed in, and what the server sees of the client. */
export interface Sender {
  /** Null while nobody is signed in. */
  readonly userId: string | null;
  readonly visitorId: string;
  readonly network: string;
  readonly device: string;
}

/** A click, as `trackEvents` takes it. */
export interface Tracked extends Sender {
  readonly name: TrackedName;
  readonly cityId: string;
  readonly cityCode: string;
  readonly titleId: string | null;
  readonly showId: string | null;
  readonly searchText: string | null;
  /** Of an ad's impression and its click. */
  readonly impressionToken: string | null;
}

interface OfBooking {
  readonly bookingId: string;
  readonly customerId: string;
  readonly showId: string;
}

interface OfPayment {
  readonly paymentId: string;
  /** Null for a top-up of the wallet. */
  readonly bookingId: string | null;
  readonly customerId: string;
  readonly amount: Money;
  readonly purpose: 'BOOKING' | 'WALLET_TOP_UP';
  readonly method: 'CARD';
  readonly cardFingerprint: string;
}

/** Events by type: `tracked`, and the marketplace's own under their names, with the fields that tell behaviour apart. */
export interface TrafficPayloads {
  readonly tracked: Tracked;
  readonly 'account.registered': { readonly userId: string; readonly referralCode?: string };
  readonly 'booking.hold-ended': {
    readonly holdId: string;
    readonly customerId: string;
    readonly showId: string;
    readonly seats: number;
    readonly heldSeconds: number;
    readonly outcome: 'RELEASED' | 'EXPIRED';
  };
  readonly 'booking.requested': OfBooking & { readonly total: Money };
  readonly 'booking.confirmed': OfBooking & {
    readonly titleId: string;
    readonly seats: readonly string[];
    readonly total: Money;
    readonly paymentId: string;
  };
  readonly 'booking.expired': OfBooking;
  readonly 'booking.cancelled': OfBooking & { readonly by: 'CUSTOMER'; readonly seats: readonly string[] };
  readonly 'booking.transfer-changed': {
    readonly offerId: string;
    readonly change: 'OFFERED' | 'ACCEPTED';
    readonly senderId: string;
    readonly recipientId: string | null;
    readonly showId: string;
    readonly seats: readonly string[];
  };
  readonly 'payment.succeeded': OfPayment;
  readonly 'payment.failed': OfPayment & { readonly declineCode: string };
  readonly 'promotions.referral-rewarded': {
    readonly rewardId: string;
    readonly userId: string;
    readonly inviteeId: string;
    readonly amount: number;
    readonly currency: string;
  };
}

export type TrafficType = keyof TrafficPayloads;

/** An event with the truth about who caused it, which no detector may read. */
export type LabelledEvent = {
  readonly [Type in TrafficType]: {
    readonly type: Type;
    readonly eventId: string;
    /** In milliseconds since 1970. */
    readonly at: number;
    readonly actor: Actor;
    readonly payload: TrafficPayloads[Type];
  };
}[TrafficType];
