import type { DomainEvent } from '@marquee/events';
import type { FastifyInstance } from 'fastify';
import type { JSONWebKeySet } from 'jose';

import {
  type Instruments,
  inTrace,
  type Log,
  type RecordSecurityEvent,
  securityEvents,
  type Trace,
  traceOf,
} from '@marquee/telemetry';

import type { Caller, Device, ServiceCaller } from './caller.ts';
import { type RequestContext, UNKNOWN_DEVICE } from './context.ts';
import {
  type CompleteEvent,
  Executor,
  type FormattedResult,
  type GraphRequest,
  type RecordLooks,
  type UnexpectedErrorListener,
} from './execution.ts';
import { startJob, type Job, type RunningJob } from './job.ts';
import { Looks } from './looks.ts';
import { operationTelemetry } from './operation-telemetry.ts';
import type { ProtectedSchema } from './protected-schema.ts';
import { eventOriginOf } from './pub-sub/event-origin.ts';
import type { Resume } from './pub-sub/feed.ts';

/** Time for pending events to be handled, ms. The first seed emits thousands. */
const CATCH_UP_MS = 60_000;

/** A request to a subgraph, over any transport. */
export interface SubgraphRequest extends GraphRequest {
  readonly caller: Caller;
  readonly traceparent?: string | undefined;
  /** Identifies the client in rate limits and in the list of sessions. */
  readonly device?: Device | undefined;
  /** Given for a subscription that the gateway opens: events then say their version and begin with the current one. */
  readonly resume?: Resume | undefined;
}

/** A background process: an outbox relay or an event consumer. */
export interface Worker {
  start(): Promise<void> | void;
  stop(): Promise<void>;
}

/** Publishes outbox rows to the event log. */
export interface OutboxWorker extends Worker {
  /** Publishes now instead of at the next poll. */
  kick(): void;
  /** Resolves when all rows committed before the call are published. */
  drain(): Promise<void>;
}

/** Handles other domains' events. */
export interface EventWorker extends Worker {
  /** Resolves when all events in the log are handled. */
  idle(deadlineMs: number): Promise<void>;
}

/** The parts of a subgraph. */
export interface SubgraphParts<Context extends RequestContext> {
  readonly name: string;
  readonly schema: ProtectedSchema;
  /** Creates the context of one request. */
  context(request: RequestContext): Context;
  readonly relay?: OutboxWorker;
  readonly consumers?: readonly EventWorker[];
  readonly jobs?: readonly Job[];
  /** Other HTTP routes, such as webhooks. */
  readonly routes?: (app: FastifyInstance) => void;
  /** The public keys of access tokens, in the subgraph that signs them. */
  readonly keys?: () => Promise<JSONWebKeySet>;
  readonly handle?: Subgraph['handle'];
  /** Writes looks at what belongs to others to the audit log. */
  readonly recordLooks?: RecordLooks;
  /** Checks what must be so before anything starts. */
  prepare?(): Promise<void>;
  /** Rejects when a dependency is unreachable. */
  ready(): Promise<void>;
  /** Closes connections; called last. */
  close(): Promise<void>;
  readonly log: Log;
  readonly instruments?: Instruments | undefined;
}

/** A running subgraph. */
export interface Subgraph extends ProtectedSchema {
  readonly name: string;
  execute(request: SubgraphRequest): Promise<FormattedResult>;
  subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<FormattedResult> | FormattedResult>;
  /** Starts the relay, the consumers and the jobs. @throws {EnvironmentError} without a key that its database needs */
  start(): Promise<void>;
  /** Resolves when its own events are published and all published events of others are handled. */
  caughtUp(): Promise<void>;
  /** Stops them and closes connections. Idempotent. */
  stop(): Promise<void>;
  ready(): Promise<void>;
  /** Handles one event as if it were delivered. */
  handle(event: DomainEvent): Promise<void>;
  readonly routes?: (app: FastifyInstance) => void;
  readonly keys?: () => Promise<JSONWebKeySet>;
}

/** Creates a subgraph from its parts: schema, workers and jobs. */
export function createSubgraph<Context extends RequestContext>(parts: SubgraphParts<Context>): Subgraph {
  const { name, relay, consumers = [], jobs = [], routes, keys, log, instruments = {} } = parts;
  const { typeDefs, schema } = parts.schema;
  const reportFailure: UnexpectedErrorListener = ({ originalError, message, path }, { traceId }) =>
    log.error({ err: originalError ?? message, path: path?.join('.'), traceId, subgraph: name }, 'a resolver failed');
  const executor = new Executor(name, schema, reportFailure, () => relay?.kick(), parts.recordLooks);
  const telemetry = operationTelemetry(name, instruments);
  const securityEvent = securityEvents({ log, metrics: instruments.metrics });
  const contextOf = (request: SubgraphRequest, { traceparent, traceId }: Trace, looks = new Looks()): Context => {
    const { caller, device = UNKNOWN_DEVICE, resume } = request;
    return parts.context({ caller, device, looks, traceparent, traceId, resume });
  };
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
      const result = telemetry.run(trace, operation, () => executor.execute(request, contextOf(request, trace)));
      const { caller } = request;
      return caller.kind === 'service' ? result.then((given) => recordDenial(securityEvent, caller, given)) : result;
    },
    subscribe: (request) => {
      const looks = new Looks();
      const complete: CompleteEvent = async (event, execute) => {
        const { isStart, version, gap, trace = telemetry.begin(undefined) } = eventOriginOf(event) ?? {};
        if (isStart) return { extensions: { version } };
        const operation = { kind: 'subscription', name: request.operationName } as const;
        const result = await telemetry.run(trace, operation, () => execute(contextOf(request, trace, looks)));
        // The gateway hydrates the event in the same trace.
        const { traceparent } = trace;
        return { ...result, extensions: { ...result.extensions, traceparent, version, ...(gap && { gap }) } };
      };
      const trace = traceOf(request.traceparent);
      return inTrace(trace, async () => {
        const answer = await executor.subscribe(request, contextOf(request, trace, looks), complete);
        if (Symbol.asyncIterator in answer) return answer;
        // Its errors have been logged in this trace.
        return { ...answer, extensions: { ...answer.extensions, traceparent: trace.traceparent } };
      });
    },
    start: async () => {
      await parts.prepare?.();
      await relay?.start();
      await Promise.all(consumers.map((consumer) => consumer.start()));
      const failed = (job: Job, error: unknown): void =>
        log.error({ err: error, job: job.name, subgraph: name }, 'a job failed');
      running = jobs.map((job) => startJob(job, failed, () => relay?.kick()));
    },
    caughtUp: async () => {
      await relay?.drain();
      await Promise.all(consumers.map((consumer) => consumer.idle(CATCH_UP_MS)));
    },
    stop: () => (stopped ??= stop()),
    ready: () => parts.ready(),
  };
}

/** A service that asks for what it may not have uses a stolen key, or is wrong. */
function recordDenial(securityEvent: RecordSecurityEvent, caller: ServiceCaller, result: FormattedResult) {
  const denied = result.errors?.find(({ extensions }) => extensions?.['code'] === 'FORBIDDEN');
  if (denied) {
    securityEvent('access-denied', { caller: caller.name, code: 'FORBIDDEN', detail: denied.path?.join('.') });
  }
  return result;
}
