import DataLoader from 'dataloader';

import type { Booking, Ticket, TimelineEntry } from './domain/booking.ts';
import type { Availability, Show } from './domain/show.ts';
import type { BookingRepository } from './adapters/bookings.ts';
import type { ShowRepository } from './adapters/shows.ts';

/** What one request reads: each kind by one statement, however often it is asked for. */
export interface BookingLoaders {
  readonly shows: DataLoader<string, Show | null>;
  readonly availability: DataLoader<string, Availability | null>;
  readonly bookings: DataLoader<string, Booking | null>;
  readonly tickets: DataLoader<string, readonly Ticket[]>;
  readonly timelines: DataLoader<string, readonly TimelineEntry[]>;
}

export function bookingLoaders(shows: ShowRepository, bookings: BookingRepository): BookingLoaders {
  return {
    shows: new DataLoader(async (ids) => inOrder(ids, await shows.findMany(ids))),
    availability: new DataLoader(async (ids) => {
      const found = await shows.availability(ids);
      return ids.map((id) => found.get(id) ?? null);
    }),
    bookings: new DataLoader(async (ids) => inOrder(ids, await bookings.findMany(ids))),
    tickets: new DataLoader(async (ids) => grouped(ids, await bookings.tickets(ids))),
    timelines: new DataLoader(async (ids) => grouped(ids, await bookings.timelines(ids))),
  };
}

function inOrder<Item extends { readonly id: string }>(
  ids: readonly string[],
  found: readonly Item[],
): (Item | null)[] {
  const byId = new Map(found.map((item) => [item.id, item]));
  return ids.map((id) => byId.get(id) ?? null);
}

function grouped<Item extends { readonly bookingId: string }>(
  ids: readonly string[],
  found: readonly Item[],
): Item[][] {
  const groups = new Map<string, Item[]>(ids.map((id) => [id, []]));
  for (const item of found) groups.get(item.bookingId)?.push(item);
  return ids.map((id) => groups.get(id) ?? []);
}
