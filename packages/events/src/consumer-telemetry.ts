import type { SqlTransaction } from '@marquee/database';
import {
  beginTrace,
  counterIn,
  errorType,
  failSpan,
  histogramIn,
  type Instruments,
  inTrace,
  observe,
  SpanKind,
} from '@marquee/telemetry';

import type { EventCatalogue } from './catalogue.ts';
import { countDeadLetters } from './dead-letters.ts';
import type { DomainEvent } from './event.ts';
import type { Delivery } from './event-log.ts';
import { HandlerUnavailableError } from './retry.ts';

type Observed = (event: DomainEvent, work: () => Promise<void>) => Promise<void>;

/** Runs a consumer's handler within the trace of the event, and measures it. */
export function observedHandling(
  consumer: string,
  catalogue: EventCatalogue,
  { tracer, metrics }: Instruments,
): Observed {
  const measure = metrics && measuring(consumer, metrics);
  return async (event, work) => {
    const trace = beginTrace(tracer, `process ${event.type}`, SpanKind.CONSUMER, event.traceparent);
    const { span } = trace;
    span?.setAttributes({
      'messaging.system': 'marquee',
      'messaging.operation.type': 'process',
      'messaging.operation.name': 'process',
      'messaging.destination.name': catalogue.domainOf(event.type),
      'messaging.consumer.group.name': consumer,
      'messaging.message.id': event.id,
    });
    const measured = measure?.(event);
    try {
      await inTrace(trace, work);
      measured?.('handled');
    } catch (error) {
      measured?.(error instanceof HandlerUnavailableError ? 'unavailable' : 'failed');
      if (span) failSpan(span, errorType(error));
      throw error;
    } finally {
      span?.end();
    }
  };
}

function measuring(consumer: string, registry: NonNullable<Instruments['metrics']>) {
  const handled = counterIn(registry, {
    name: 'marquee_events_handled_total',
    help: 'Events a consumer received, by outcome: handled, failed, or unavailable (its database was unreachable)',
    labelNames: ['consumer', 'type', 'outcome'],
  });
  const duration = histogramIn(registry, {
    name: 'marquee_event_handling_duration_seconds',
    help: 'Time to handle an event',
    labelNames: ['consumer'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 20],
  });
  const age = histogramIn(registry, {
    name: 'marquee_event_age_seconds',
    help: 'Time from the commit of an event to the end of its handling',
    labelNames: ['consumer'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 120, 600, 3600],
  });
  return ({ type, occurredAt }: DomainEvent) => {
    const stop = duration.startTimer({ consumer });
    return (outcome: 'handled' | 'failed' | 'unavailable'): void => {
      stop();
      handled.inc({ consumer, type, outcome });
      if (outcome === 'handled') age.observe({ consumer }, Math.max(0, Date.now() - Date.parse(occurredAt)) / 1_000);
    };
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
