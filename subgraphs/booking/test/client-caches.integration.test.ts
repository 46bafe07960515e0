import { addTypenameToDocument } from '@apollo/client/utilities';
import { ANONYMOUS, type Caller } from '@marquee/subgraph';
import { type DocumentNode, parse, print } from 'graphql';
import { expect, test } from 'vitest';

import { apolloCache, relayCache } from './client-cache.ts';
import { customer, openBooking, scheduledShow } from './harness.ts';
import { book, key } from './operations.ts';

const operation = (text: string): DocumentNode => addTypenameToDocument(parse(text));

const SEAT_MAP = operation(`query SeatMap($shows: [_Any!]!) {
  _entities(representations: $shows) { ... on Show { id seatMap { sections { rows { seats { id number status } } } } } }
}`);
const SEAT_MAP_CHANGED = operation(`subscription SeatMapChanged($showId: ID!) {
  seatMapChanged(showId: $showId) { version seats { id status } }
}`);
const HOLD_SEATS = operation(`mutation HoldSeats($input: HoldSeatsInput!) {
  holdSeats(input: $input) { ... on HoldSeatsPayload { hold { id seats { id number status } } } }
}`);
const BOOKING = operation(`query Booking($id: ID!) { booking(id: $id) { id tickets { id seat { id status } } } }`);

interface SeatMaps {
  readonly _entities: readonly [{ readonly seatMap: { readonly sections: readonly [Section] } }];
}

interface Section {
  readonly rows: readonly [{ readonly seats: readonly [{ readonly status: string }] }];
}

/** A client that keeps every answer in its cache. */
async function openClient(openCache: typeof relayCache) {
  const harness = await openBooking();
  const { subgraph } = harness;
  const cache = openCache(subgraph.schema);
  const seatMapOf = (showId: string) => ({ shows: [{ __typename: 'Show', id: showId }] });
  const ask = async <Data>(query: DocumentNode, variables: Record<string, unknown>, caller: Caller = ANONYMOUS) => {
    const { data, errors } = await harness.execute(print(query), caller, variables);
    expect(errors).toBeUndefined();
    cache.write(query, variables, data ?? {});
    return data as Data;
  };
  return {
    ...{ harness, ask },
    readSeatMap: (showId: string) => ask(SEAT_MAP, seatMapOf(showId)),
    followSeatMap: async (showId: string) => {
      const variables = { showId };
      const stream = await subgraph.subscribe({ query: print(SEAT_MAP_CHANGED), variables, caller: ANONYMOUS });
      if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream.errors));
      return {
        next: async () => cache.write(SEAT_MAP_CHANGED, variables, (await stream.next()).value?.data ?? {}),
        end: () => stream.return?.(),
      };
    },
    /** The status of seat A1 in the seat map that is on the screen. */
    shownStatus: (showId: string) => {
      const { _entities: shows } = cache.read(SEAT_MAP, seatMapOf(showId)) as SeatMaps;
      return shows[0].seatMap.sections[0].rows[0].seats[0].status;
    },
  };
}

test.each([
  ['Apollo Client', apolloCache],
  ['Relay', relayCache],
])('the cache of %s keeps the seats of two shows on one screen apart', async (_client, openCache) => {
  const { harness, ask, readSeatMap, followSeatMap, shownStatus } = await openClient(openCache);
  const early = await scheduledShow(harness);
  const late = await scheduledShow(harness, { layoutId: early.layoutId });
  const shown = () => [early, late].map(({ showId }) => shownStatus(showId));
  await readSeatMap(early.showId);
  await readSeatMap(late.showId);
  expect(shown()).toEqual(['AVAILABLE', 'AVAILABLE']);

  const changes = await followSeatMap(early.showId);
  const change = changes.next();
  const alice = customer();
  const input = { showId: early.showId, seatIds: [early.seat('A', 1)], idempotencyKey: key() };
  const { holdSeats } = await ask<{ holdSeats: { hold: { id: string } } }>(HOLD_SEATS, { input }, alice);
  expect(shown()).toEqual(['HELD', 'AVAILABLE']);
  await change;

  const { booking } = await book(harness.subgraph, alice, holdSeats.hold.id);
  const nextChange = changes.next();
  await harness.pay({ bookingId: booking.id, customerId: alice.userId, amount: booking.price.total });
  await nextChange;
  await changes.end();
  expect(shown()).toEqual(['SOLD', 'AVAILABLE']);

  await readSeatMap(late.showId);
  expect(shown()).toEqual(['SOLD', 'AVAILABLE']);

  await harness.database.seatClaim.deleteMany({ where: { showId: early.showId } });
  await ask(BOOKING, { id: booking.id }, alice);
  expect(shown()).toEqual(['AVAILABLE', 'AVAILABLE']);
});
