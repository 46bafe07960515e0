import DataLoader from 'dataloader';

import type { Booking, Ticket, TimelineEntry } from './domain/booking.ts';
import type { Availability, Show } from './domain/show.ts';
import type { Deps } from './deps.ts';

/** Batched reads of one request: one statement for each kind of thing. */
export interface Loaders {
  readonly shows: DataLoader<string, Show | null>;
  readonly availability: DataLoader<string, Availability | null>;
  readonly bookings: DataLoader<string, Booking | null>;
  readonly tickets: DataLoader<string, readonly Ticket[]>;
  readonly timelines: DataLoader<string, readonly TimelineEntry[]>;
}

export function loaders({ shows, bookings }: Pick<Deps, 'shows' | 'bookings'>): Loaders {
  return {
    shows: new DataLoader(async (ids) => byId(ids, await shows.findMany(ids))),
    availability: new DataLoader(async (ids) => {
      const found = await shows.availability(ids);
      return ids.map((id) => found.get(id) ?? null);
    }),
    bookings: new DataLoader(async (ids) => byId(ids, await bookings.findMany(ids))),
    tickets: new DataLoader(async (ids) => groupedByBooking(ids, await bookings.tickets(ids))),
    timelines: new DataLoader(async (ids) => groupedByBooking(ids, await bookings.timelines(ids))),
  };
}

function byId<Item extends { readonly id: string }>(ids: readonly string[], found: readonly Item[]): (Item | null)[] {
  const items = new Map(found.map((item) => [item.id, item]));
  return ids.map((id) => items.get(id) ?? null);
}

function groupedByBooking<Item extends { readonly bookingId: string }>(
  ids: readonly string[],
  found: readonly Item[],
): Item[][] {
  const groups = new Map<string, Item[]>(ids.map((id) => [id, []]));
  for (const item of found) groups.get(item.bookingId)?.push(item);
  return ids.map((id) => groups.get(id) ?? []);
}
