import type { LiveSalesSubscription } from '../generated/graphql.ts';

export type Sale = NonNullable<LiveSalesSubscription['liveSales']>;

/** A change of a show's sales, as it was seen. */
export interface SeenSale {
  readonly at: number;
  readonly sale: Sale;
  /** Tickets more or fewer than the last time; undefined for the first. */
  readonly change: number | undefined;
}

export interface LiveState {
  /** The latest figures, by show. */
  readonly shows: ReadonlyMap<string, Sale>;
  /** The latest changes first. */
  readonly seen: readonly SeenSale[];
}

export const NOTHING_YET: LiveState = { shows: new Map(), seen: [] };
const MAX_SEEN = 200;

/** The figures after an event. @param sold tickets of the show when the page was read */
export function afterSale(state: LiveState, sale: Sale, at: number, sold: number | undefined): LiveState {
  const before = state.shows.get(sale.show.id)?.ticketsSold ?? sold;
  const change = before === undefined ? undefined : sale.ticketsSold - before;
  return {
    shows: new Map(state.shows).set(sale.show.id, sale),
    // Seats that are held or released change the show, and no sale.
    seen: change === 0 ? state.seen : [{ at, sale, change }, ...state.seen].slice(0, MAX_SEEN),
  };
}

/** Tickets sold since the page was opened, minute by minute, the latest last. */
export function ticketsByMinute(seen: readonly SeenSale[], now: number, minutes: number) {
  const first = Math.floor(now / 60_000) - minutes + 1;
  return Array.from({ length: minutes }, (_, index) => {
    const minute = first + index;
    const tickets = seen
      .filter(({ at }) => Math.floor(at / 60_000) === minute)
      .reduce((sum, { change = 0 }) => sum + Math.max(0, change), 0);
    return { minute: minute * 60_000, tickets };
  });
}
