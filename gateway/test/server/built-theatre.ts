import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Caller } from '@marquee/identity';
import { GraphQLError, type GraphQLSchema, parse } from 'graphql';

import { PushedEvents } from '../../src/transports/pushed-events.ts';
import { compose } from '../engine/fixtures/federate.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key" "@external" "@requires" "@shareable" "@inaccessible" "@authenticated" "@requiresScopes" "@cost" "@listSize"
])`;

const CATALOG = `${LINK}
  type Query {
    shows(first: Int = 10): [Show!]! @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
    secret: String @authenticated
    broken: String
    slow(ms: Int!): String
  }
  type Mutation { rename(id: ID!, title: String!): Show addView(id: ID!): Int! }
  type Show @key(fields: "id") { id: ID! title: String! earnings: Int @requiresScopes(scopes: [["sales:read"]]) }
`;

const BOOKING = `${LINK}
  type Query { mine: [Booking!]! @authenticated }
  type Mutation { noop: Boolean }
  type Show @key(fields: "id", resolvable: true) { id: ID! available: Int }
  type Booking { id: ID! status: String! show: Show! }
  type SeatMapChange { version: Int! show: Show! }
  type BookingChange { booking: Booking! }
  type Subscription {
    seatMapChanged(showId: ID!): SeatMapChange!
    bookingStatusChanged(id: ID!): BookingChange! @authenticated
    countdown(from: Int!): Int!
    failing: Int
  }
`;

/** The state that the resolvers of one theatre share. */
export interface Stage {
  /** By the show's id. */
  readonly titles: Map<string, string>;
  listen(topic: string): PushedEvents<unknown>;
}

/** The context value of a theatre's resolvers. */
export interface Context {
  readonly caller: Caller;
  readonly stage: Stage;
}

const CATALOG_RESOLVERS = {
  Query: {
    shows: (_: unknown, _args: unknown, { stage }: Context) => [...stage.titles.keys()].map((id) => ({ id })),
    secret: () => 'the password is swordfish',
    broken: () => {
      throw new TypeError('cannot read password of undefined');
    },
    slow: (_: unknown, { ms }: { ms: number }) => new Promise((resolve) => setTimeout(() => resolve('done'), ms)),
  },
  Mutation: {
    rename: (_: unknown, { id, title }: { id: string; title: string }, { stage }: Context) => {
      stage.titles.set(id, title);
      return { id };
    },
    addView: () => 1,
  },
  Show: {
    __resolveReference: ({ id }: { id: string }, { stage }: Context) => (stage.titles.has(id) ? { id } : null),
    title: ({ id }: { id: string }, _args: unknown, { stage }: Context) => stage.titles.get(id),
    earnings: () => 1000,
  },
};

const BOOKING_RESOLVERS = {
  Query: {
    mine: (_: unknown, _args: unknown, { caller }: Context) =>
      caller.kind === 'user' ? [{ id: `b-${caller.userId}`, status: 'CONFIRMED', show: { id: 's1' } }] : [],
  },
  Mutation: { noop: () => true },
  Show: { __resolveReference: ({ id }: { id: string }) => ({ id }), available: () => 42 },
  Subscription: {
    seatMapChanged: {
      subscribe: (_: unknown, { showId }: { showId: string }, { stage }: Context) => stage.listen(`seats:${showId}`),
      resolve: (event: unknown) => event,
    },
    bookingStatusChanged: {
      subscribe: (_: unknown, { id }: { id: string }, { caller, stage }: Context) => {
        if (caller.kind !== 'user' || id !== `b-${caller.userId}`) {
          throw new GraphQLError('This is not your booking.', { extensions: { code: 'FORBIDDEN' } });
        }
        return stage.listen(`booking:${id}`);
      },
      resolve: (event: unknown) => event,
    },
    countdown: {
      subscribe: (_: unknown, { from }: { from: number }) => {
        const stream = new PushedEvents<number>(() => {});
        for (let count = from; count > 0; count--) stream.push(count);
        stream.finish();
        return stream;
      },
      resolve: (event: unknown) => event,
    },
    failing: {
      subscribe: () => {
        throw new TypeError('cannot read password of undefined');
      },
    },
  },
};

/** The schemas of a theatre, which resolve from the stage in their context. */
export interface BuiltTheatre {
  readonly sdl: string;
  readonly schemas: Readonly<Record<string, GraphQLSchema>>;
}

const built = new Map<string, BuiltTheatre>();

/** Built once for each process: hundreds of tests open a theatre. */
export function builtTheatre(extraCatalog: string): BuiltTheatre {
  const known = built.get(extraCatalog) ?? buildTheatre(extraCatalog);
  built.set(extraCatalog, known);
  return known;
}

function buildTheatre(extraCatalog: string): BuiltTheatre {
  const services = {
    catalog: { typeDefs: CATALOG + extraCatalog, resolvers: CATALOG_RESOLVERS },
    booking: { typeDefs: BOOKING, resolvers: BOOKING_RESOLVERS },
  };
  const schemas = Object.entries(services).map(([name, { typeDefs, resolvers }]) => [
    name,
    buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers as never }),
  ]);
  return { sdl: compose(services), schemas: Object.fromEntries(schemas) };
}
