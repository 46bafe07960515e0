import type { GraphQLSchema } from 'graphql';
import type { DomainEvent } from '@marquee/events';
import type { FastifyInstance } from 'fastify';
import type { JSONWebKeySet } from 'jose';

import { type Instruments, inTrace, type Log, type Trace, traceOf } from '@marquee/telemetry';

import type { Caller, Device } from './caller.ts';
import { type RequestContext, UNKNOWN_DEVICE } from './context.ts';
import {
  type CompleteEvent,
  Executor,
  type FormattedResult,
  type GraphRequest,
  type UnexpectedErrorListener,
} from './execution.ts';
import { federatedSchema } from './federated-schema.ts';
import { startJob, type Job, type RunningJob } from './job.ts';
import { operationTelemetry } from './operation-telemetry.ts';
import { guardSchema, type Permissions, policiesOf } from './permissions/index.ts';
import { eventTraceOf } from './pub-sub.ts';
import { subgraphSdl } from './sdl.ts';

/** How long events may take to be handled, ms: the first seed brings thousands of shows. */
const SETTLE_WITHIN_MS = 60_000;

/** A request as it reaches a subgraph, whichever way it came. */
export interface SubgraphRequest extends GraphRequest {
  readonly caller: Caller;
  readonly traceparent?: string | undefined;
  /** Who a limit on attempts counts for, and what a session is named by. */
  readonly device?: Device | undefined;
}

/** A background worker: an outbox relay or an event consumer. */
export interface Worker {
  start(): Promise<void> | void;
  stop(): Promise<void>;
}

/** Publishes committed outbox rows to the event log; `kick` makes it look at once. */
export interface OutboxWorker extends Worker {
  kick(): void;
  /** Resolves when everything committed before is in the event log. */
  drain(): Promise<void>;
}

/** Handles events of other domains. */
export interface EventWorker extends Worker {
  /** Resolves when every event that is in the log is handled. */
  idle(deadlineMs: number): Promise<void>;
}

/** The parts of a subgraph. */
export interface SubgraphParts<Context extends RequestContext> {
  readonly name: string;
  /** The file of its SDL; common.graphql comes before it. */
  readonly schemaFile: URL;
  readonly resolvers: object;
  readonly permissions: Permissions;
  /** Makes the context of one request. */
  context(request: RequestContext): Context;
  readonly relay?: OutboxWorker;
  readonly consumers?: readonly EventWorker[];
  readonly jobs?: readonly Job[];
  /** HTTP routes beside GraphQL, such as webhooks. */
  readonly routes?: (app: FastifyInstance) => void;
  /** The public keys of the access tokens that it signs. */
  readonly keys?: () => Promise<JSONWebKeySet>;
  readonly handle?: Subgraph['handle'];
  /** Rejects, saying what is unreachable, unless the subgraph can serve. */
  ready(): Promise<void>;
  /** Releases connections, after everything else has stopped. */
  close(): Promise<void>;
  readonly log: Log;
  readonly instruments?: Instruments | undefined;
}

/** A domain, ready to serve in one process with others or on its own. */
export interface Subgraph {
  readonly name: string;
  /** The whole SDL: what composition reads. */
  readonly typeDefs: string;
  readonly schema: GraphQLSchema;
  execute(request: SubgraphRequest): Promise<FormattedResult>;
  subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<FormattedResult> | FormattedResult>;
  /** Starts the relay, the consumers and the jobs. */
  start(): Promise<void>;
  /** Resolves when its own events are published and the published events of others are handled. */
  settled(): Promise<void>;
  /** Stops them and closes connections, once however often it is called. */
  stop(): Promise<void>;
  ready(): Promise<void>;
  /** Handles one event now, as when it is delivered. */
  handle(event: DomainEvent): Promise<void>;
  readonly routes?: (app: FastifyInstance) => void;
  readonly keys?: () => Promise<JSONWebKeySet>;
}

/**
 * Puts a subgraph together: its federated schema, guarded by its permissions, and the workers beside it.
 *
 * @throws when it is undecided who may read a field
 */
export function createSubgraph<Context extends RequestContext>(parts: SubgraphParts<Context>): Subgraph {
  const { name, relay, consumers = [], jobs = [], routes, keys, log, instruments = {} } = parts;
  const typeDefs = subgraphSdl(parts.schemaFile);
  const federated = federatedSchema(typeDefs, parts.resolvers);
  const schema = guardSchema(federated, policiesOf(federated, parts.permissions));
  const reportFailure: UnexpectedErrorListener = ({ originalError, message, path }, { traceId }) =>
    log.error({ err: originalError ?? message, path: path?.join('.'), traceId, subgraph: name }, 'a resolver failed');
  const executor = new Executor(schema, reportFailure, () => relay?.kick());
  const telemetry = operationTelemetry(name, instruments);
  const contextOf = ({ caller, device = UNKNOWN_DEVICE }: SubgraphRequest, { traceparent, traceId }: Trace): Context =>
    parts.context({ caller, device, traceparent, traceId });
  let running: RunningJob[] = [];
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((job) => job.stop()));
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    await relay?.stop();
    await parts.close();
  };

  return {
    name,
    typeDefs,
    schema,
    ...(routes && { routes }),
    ...(keys && { keys }),
    handle: async (event) => {
      if (!parts.handle) throw new Error(`${name} does not handle ${event.type}`);
      await parts.handle(event);
    },
    execute: (request) => {
      const trace = telemetry.begin(request.traceparent);
      const operation = { kind: executor.kindOf(request), name: request.operationName };
      return telemetry.run(trace, operation, () => executor.execute(request, contextOf(request, trace)));
    },
    subscribe: (request) => {
      const complete: CompleteEvent = async (event, execute) => {
        const trace = eventTraceOf(event) ?? telemetry.begin(undefined);
        const operation = { kind: 'subscription', name: request.operationName } as const;
        const result = await telemetry.run(trace, operation, () => execute(contextOf(request, trace)));
        // What completes the event further is of the same trace.
        return { ...result, extensions: { ...result.extensions, traceparent: trace.traceparent } };
      };
      const trace = traceOf(request.traceparent);
      return inTrace(trace, () => executor.subscribe(request, contextOf(request, trace), complete));
    },
    start: async () => {
      await relay?.start();
      await Promise.all(consumers.map((consumer) => consumer.start()));
      const failed = (job: Job, error: unknown): void =>
        log.error({ err: error, job: job.name, subgraph: name }, 'a job failed');
      running = jobs.map((job) => startJob(job, failed, () => relay?.kick()));
    },
    settled: async () => {
      await relay?.drain();
      await Promise.all(consumers.map((consumer) => consumer.idle(SETTLE_WITHIN_MS)));
    },
    stop: () => (stopped ??= stop()),
    ready: () => parts.ready(),
  };
}
