import type { FixtureObject } from '../fixture/answer-query.ts';

/** The subgraph that emits events; it knows only the id of a show. */
const BOOKING = `
  type Query { seatMap(showId: ID!): SeatMapChange }
  type Subscription { seatMapChanged(showId: ID!): SeatMapChange! }
  type SeatMapChange { version: Int! seats: [Seat!]! show: Show! }
  type Seat { id: ID! row: String! number: Int! status: String! }
  type Show @key(fields: "id") { id: ID! }
`;

/** The subgraph that hydrates them. */
const CATALOG = `
  type Query { show(id: ID!): Show }
  type Show @key(fields: "id") { id: ID! title: String! startsAt: String! venue: Venue! }
  type Venue { name: String! city: String! }
`;

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

export const SUBGRAPHS = { booking: LINK + BOOKING, catalog: LINK + CATALOG };

/** The subscription of every client. */
export const SEAT_MAP_CHANGED = `subscription SeatMapChanged {
  seatMapChanged(showId: "show-1") {
    version
    seats { id row number status }
    show { id title startsAt venue { name city } }
  }
}`;

const STATUSES = ['HELD', 'SOLD', 'FREE'] as const;

/** The change of a version of the seat map. All have the same size from version 100,000 on. */
function change(version: number): object {
  const seats = Array.from({ length: 4 }, (_, index) => ({
    id: `show-1:F${index + 1}`,
    row: 'F',
    number: index + 1,
    status: STATUSES[(version + index) % STATUSES.length],
  }));
  return { version, seats };
}

export const SHOW: FixtureObject = {
  __typename: 'Show',
  id: 'show-1',
  title: 'The Night of the Long Interval',
  startsAt: '2026-12-01T19:30:00Z',
  venue: { __typename: 'Venue', name: 'Filmhuis Oost', city: 'Amsterdam' },
};

/** The event sent by the booking subgraph. */
export function upstreamEvent(version: number): Record<string, unknown> {
  return { seatMapChanged: { ...change(version), show: { __typename: 'Show', id: SHOW['id'] } } };
}

/** The hydrated event that {@link SEAT_MAP_CHANGED} delivers. */
export function completeEvent(version: number): Record<string, unknown> {
  const { __typename: _show, ...show } = SHOW;
  const { __typename: _venue, ...venue } = show['venue'] as FixtureObject;
  return { seatMapChanged: { ...change(version), show: { ...show, venue } } };
}
