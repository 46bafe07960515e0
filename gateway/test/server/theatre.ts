import { execute, type GraphQLSchema, parse, subscribe } from 'graphql';
import type { InProcessRequest, InProcessSubgraph } from '../../src/transports/in-process.ts';
import { PushedEvents } from '../../src/transports/pushed-events.ts';
import type { SubgraphResponse } from '../../src/transports/subgraph-transport.ts';
import { builtTheatre, type BuiltTheatre, type Context, type Stage } from './built-theatre.ts';

/** A record of calls to the subgraphs. */
export interface TheatreLog {
  /** Fetches by `subgraph`. */
  readonly requests: { subgraph: string; request: InProcessRequest }[];
  /** Open upstream subscriptions by topic. */
  readonly upstreams: Map<string, number>;
}

export interface Theatre extends BuiltTheatre {
  readonly subgraphs: Readonly<Record<string, InProcessSubgraph>>;
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
