import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, GraphQLError, type GraphQLSchema, parse, subscribe } from 'graphql';
import { compose } from '../engine/fixtures/federate.ts';
import type { InProcessRequest, InProcessSubgraph } from '../../src/transports/in-process.ts';
import { PushedEvents } from '../../src/transports/pushed-events.ts';
import type { Caller } from '@marquee/identity';
import type { SubgraphResponse } from '../../src/transports/subgraph-transport.ts';

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

/** A record of calls to the subgraphs. */
export interface TheatreLog {
  /** Fetches by `subgraph`. */
  readonly requests: { subgraph: string; request: InProcessRequest }[];
  /** Open upstream subscriptions by topic. */
  readonly upstreams: Map<string, number>;
}

export interface Theatre {
  readonly sdl: string;
  readonly subgraphs: Readonly<Record<string, InProcessSubgraph>>;
  readonly schemas: Readonly<Record<string, GraphQLSchema>>;
  readonly log: TheatreLog;
  publish(topic: string, payload: unknown): void;
  /** Breaks every open upstream, like a lost connection. */
  breakUpstreams(error: Error): void;
}

/** Two subgraphs in memory: shows in one, their seats and bookings in the other. */
export function theatre(extraCatalog = ''): Theatre {
  const { sdl, schemas } = builtTheatre(extraCatalog);
  const log: TheatreLog = { requests: [], upstreams: new Map() };
  const topics: Topics = new Map();
  const stage: Stage = {
    titles: new Map([
      ['s1', 'Hamlet'],
      ['s2', 'Faust'],
    ]),
    listen: (topic) => listen(topics, log, topic),
  };
  return {
    sdl,
    schemas,
    log,
    subgraphs: Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, inProcess(name, schema, stage, log)]),
    ),
    publish: (topic, payload) => {
      for (const stream of topics.get(topic) ?? []) stream.push(payload);
    },
    breakUpstreams: (error) => {
      for (const live of topics.values()) {
        for (const stream of live) stream.finish({ error });
        live.clear();
      }
    },
  };
}

type Topics = Map<string, Set<PushedEvents<unknown>>>;

function listen(topics: Topics, log: TheatreLog, topic: string): PushedEvents<unknown> {
  const live = topics.get(topic) ?? new Set();
  topics.set(topic, live);
  const count = () => log.upstreams.set(topic, live.size);
  const stream: PushedEvents<unknown> = new PushedEvents(() => {
    live.delete(stream);
    count();
  });
  live.add(stream);
  count();
  return stream;
}

/** What the resolvers of one theatre share. */
interface Stage {
  /** By the show's id. */
  readonly titles: Map<string, string>;
  listen(topic: string): PushedEvents<unknown>;
}

interface Context {
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

type BuiltTheatre = Pick<Theatre, 'sdl' | 'schemas'>;

const built = new Map<string, BuiltTheatre>();

/** Built once for each process: hundreds of tests open a theatre. */
function builtTheatre(extraCatalog: string): BuiltTheatre {
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

function inProcess(name: string, schema: GraphQLSchema, stage: Stage, log: TheatreLog): InProcessSubgraph {
  const argumentsOf = ({ query, variables, caller }: InProcessRequest) => ({
    schema,
    document: parse(query),
    variableValues: variables,
    contextValue: { caller, stage } satisfies Context,
  });
  return {
    name,
    execute: async (request) => {
      log.requests.push({ subgraph: name, request });
      const response = await execute(argumentsOf(request));
      return JSON.parse(JSON.stringify(response)) as SubgraphResponse;
    },
    subscribe: async (request) => {
      log.requests.push({ subgraph: name, request });
      const events = await subscribe(argumentsOf(request));
      return Symbol.asyncIterator in events ? (events as AsyncGenerator<SubgraphResponse>) : json(events);
    },
  };
}

function json(value: unknown): SubgraphResponse {
  return JSON.parse(JSON.stringify(value)) as SubgraphResponse;
}
