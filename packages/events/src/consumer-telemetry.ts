import type { SqlTransaction } from '@marquee/database';
import {
  type Attributes,
  beginTrace,
  counterIn,
  errorType,
  failSpan,
  histogramIn,
  type Instruments,
  inTrace,
  observe,
  SpanKind,
  type Trace,
} from '@marquee/telemetry';

import type { EventCatalogue } from './catalogue.ts';
import { countDeadLetters } from './dead-letters.ts';
import type { DomainEvent } from './event.ts';
import type { Delivery } from './event-log.ts';
import type { HandlerCall } from './handlers.ts';
import { HandlerUnavailableError } from './retry.ts';

/** Traces and measures what a consumer handles. */
export interface BatchTelemetry {
  /** Measures the transaction of a batch. @param work calls `count` for each statement */
  measure(events: readonly DomainEvent[], work: (count: () => void) => Promise<void>): Promise<void>;
  /** Runs a handler within the traces of its events, which then name the spans of the handling. */
  traced(call: HandlerCall, run: (events: readonly DomainEvent[]) => Promise<void>): Promise<void>;
}

/** Makes the telemetry of a consumer. */
export function batchTelemetry(
  consumer: string,
  catalogue: EventCatalogue,
  { tracer, metrics }: Instruments,
): BatchTelemetry {
  return {
    measure: metrics ? measuring(consumer, metrics) : (_events, work) => work(() => undefined),
    traced: (call, run) => {
      const destination = { 'messaging.consumer.group.name': consumer, ...destinationOf(catalogue, call) };
      return inSpans(tracer, call, destination, run);
    },
  };
}

function destinationOf(catalogue: EventCatalogue, { type }: HandlerCall) {
  return { 'messaging.destination.name': catalogue.domainOf(type) };
}

/** Runs work within a span for each event: within that of the first, and each event names its own as its trace. */
async function inSpans(
  tracer: Instruments['tracer'],
  { type, events }: HandlerCall,
  attributes: Attributes,
  run: (events: readonly DomainEvent[]) => Promise<void>,
): Promise<void> {
  const traces = events.map(({ traceparent }) => beginTrace(tracer, `process ${type}`, SpanKind.CONSUMER, traceparent));
  const spans = traces.flatMap(({ span }) => span ?? []);
  for (const [position, { span }] of traces.entries())
    span?.setAttributes({
      'messaging.system': 'marquee',
      'messaging.operation.type': 'process',
      'messaging.operation.name': 'process',
      'messaging.message.id': events[position]?.id ?? '',
      ...attributes,
    });
  const traced = events.map((event, position) => ({ ...event, traceparent: traces[position]?.traceparent ?? '' }));
  try {
    await inTrace(traces[0] as Trace, () => run(traced as DomainEvent[]));
  } catch (error) {
    for (const span of spans) failSpan(span, errorType(error));
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}

type Outcome = 'handled' | 'failed' | 'unavailable';

function measuring(consumer: string, registry: NonNullable<Instruments['metrics']>): BatchTelemetry['measure'] {
  const handled = counterIn(registry, {
    name: 'marquee_events_handled_total',
    help: 'Events a consumer received, by outcome: handled, failed, or unavailable (its database was unreachable)',
    labelNames: ['consumer', 'type', 'outcome'],
  });
  const duration = histogramIn(registry, {
    name: 'marquee_event_handling_duration_seconds',
    help: 'Time to handle a batch of events, in one transaction',
    labelNames: ['consumer'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 20],
  });
  const age = histogramIn(registry, {
    name: 'marquee_event_age_seconds',
    help: 'Time from the commit of an event to the end of its handling',
    labelNames: ['consumer'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 120, 600, 3600],
  });
  const size = histogramIn(registry, {
    name: 'marquee_event_batch_events',
    help: 'Events that a consumer handles with one commit',
    labelNames: ['consumer'],
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000],
  });
  const statements = counterIn(registry, {
    name: 'marquee_event_batch_statements_total',
    help: 'Statements that consumers sent to handle events, without the begin and the commit of their transactions',
    labelNames: ['consumer'],
  });
  const count = (): void => statements.inc({ consumer });
  const record = (events: readonly DomainEvent[], outcome: Outcome): void => {
    for (const { type, occurredAt } of events) {
      handled.inc({ consumer, type, outcome });
      if (outcome === 'handled') age.observe({ consumer }, Math.max(0, Date.now() - Date.parse(occurredAt)) / 1_000);
    }
  };
  return async (events, work) => {
    const stop = duration.startTimer({ consumer });
    try {
      await work(count);
      size.observe({ consumer }, events.length);
      record(events, 'handled');
    } catch (error) {
      if (error instanceof HandlerUnavailableError) record(events, 'unavailable');
      // The events of a batch that failed are handled one by one, and counted then.
      else if (events.length === 1) record(events, 'failed');
      throw error;
    } finally {
      stop();
    }
  };
}

/** Exports a consumer's backlog as metrics. */
export function observeBacklog(
  consumer: string,
  { delivery, client }: { readonly delivery: Delivery; readonly client: SqlTransaction },
  { metrics }: Instruments,
): void {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_consumer_lag_events',
    help: 'Events in the log that a consumer has not handled yet',
    labels: { consumer },
    read: () => delivery.waiting(),
  });
  observe(metrics, {
    name: 'marquee_dead_letters',
    help: 'Events that a consumer gave up on',
    labels: { consumer },
    read: () => countDeadLetters(client, consumer),
  });
}
