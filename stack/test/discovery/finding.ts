/** The operations by which people find a show, and what is learnt from that. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';

import { ANONYMOUS, by, type Rows, tooMany } from '../people/row.ts';
import type { World } from '../people/world.ts';
import { CITY, TITLE } from './asking.ts';

const HOUR_MS = 3_600_000;

/** An event as a client sends it. */
export const tracked = (change: object) => ({ id: randomUUID(), at: new Date().toISOString(), ...change });
/** The events of a visitor that a funnel counts. */
const visit = ({ titleId, marketplace: { showId } }: World) => [
  tracked({ name: 'search', searchText: 'long take', ...CITY }),
  tracked({ name: 'title_view', titleId, ...CITY }),
  tracked({ name: 'seat_map_view', titleId, showId, ...CITY }),
];
/** A customer without the scope. */
const CUSTOMER = by('customer', 'UNAUTHORIZED_FIELD_OR_TYPE');
const period = () => ({
  from: new Date(Date.now() - HOUR_MS).toISOString(),
  to: new Date(Date.now() + HOUR_MS).toISOString(),
});

interface Found {
  readonly search: { totalCount: number; edges: { highlight: string; node: { __typename: string; name: string } }[] };
}

interface Feed {
  readonly homeFeed: { sections: { edges: { node: { items: { title: { name: string } }[] } }[] } };
}

export const FINDING: Rows = {
  Search: {
    variables: { text: 'lnog take', first: 5, ...CITY },
    may: by('anonymous'),
    mayNot: null,
    bad: tooMany('anonymous'),
    keep: ({ search }: Found) => expect(search.edges[0]?.node).toMatchObject({ __typename: 'Movie', name: TITLE }),
  },
  SearchSuggestions: {
    variables: { prefix: 'the lo', ...CITY },
    may: by('anonymous'),
    mayNot: null,
    bad: by('anonymous', 'BAD_USER_INPUT', { prefix: 'p'.repeat(101) }),
    keep: ({ searchSuggestions }: { searchSuggestions: object[] }) =>
      expect(searchSuggestions).toContainEqual(expect.objectContaining({ text: TITLE })),
  },
  HomeFeed: {
    variables: CITY,
    may: by('anonymous'),
    mayNot: null,
    bad: by('anonymous', 'BAD_USER_INPUT', { after: 'nonsense' }),
    keep: ({ homeFeed }: Feed) =>
      expect(homeFeed.sections.edges.flatMap(({ node }) => node.items.map(({ title }) => title.name))).toContain(TITLE),
  },
  TrackEvents: {
    variables: (world) => ({ events: visit(world) }),
    may: by('customer'),
    mayNot: null,
    bad: by('anonymous', 'BAD_USER_INPUT', { events: [tracked({ name: 'Title View' })] }),
    keep: ({ trackEvents }: { trackEvents: object }) => expect(trackEvents).toEqual({ accepted: 3, duplicates: 0 }),
  },
  MyHistory: { variables: { first: 5 }, may: by('customer'), mayNot: ANONYMOUS, bad: tooMany('customer') },
  EventFunnel: {
    variables: () => ({ ...period(), steps: ['search', 'title_view', 'seat_map_view'] }),
    may: by('analyst'),
    mayNot: CUSTOMER,
    bad: by('analyst', 'BAD_USER_INPUT', { steps: [] }),
  },
  LiveTraffic: {
    variables: { minutes: 5 },
    may: by('analyst'),
    mayNot: CUSTOMER,
    bad: by('analyst', 'BAD_USER_INPUT', { minutes: 0 }),
  },
};
