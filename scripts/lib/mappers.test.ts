import { expect, test } from 'vitest';

import { mappersOf } from './mappers.mjs';

test('every exported type maps to the GraphQL type of its name', () => {
  const source = `/** The parents of each GraphQL type's resolvers. */
import type { Other } from './domain/other.ts';
export type { Booking, ShowReference as Show } from './domain/booking.ts';
export type {
  Ticket,
  Title as Movie,
} from './domain/ticket.ts';
export type Venue = Other & { readonly page: number };
export interface Page extends Other {}
type Hidden = Other;
`;
  expect(mappersOf(source)).toEqual({
    Booking: '../mappers.ts#Booking as BookingParent',
    Movie: '../mappers.ts#Movie as MovieParent',
    Page: '../mappers.ts#Page as PageParent',
    Show: '../mappers.ts#Show as ShowParent',
    Ticket: '../mappers.ts#Ticket as TicketParent',
    Venue: '../mappers.ts#Venue as VenueParent',
  });
});
