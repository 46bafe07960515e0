import {
  ROOT_CONTEXT,
  type Attributes,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace as api,
} from '@opentelemetry/api';

import { remoteContext, type Trace, traceOf } from './trace-context.ts';

export { type Attributes, type Span, SpanKind, type Tracer };

/**
 * Begins what a message from elsewhere asks for: a span in the trace that the message belongs to.
 *
 * Without a tracer, and for traces that are sampled out, the result has no span and nothing further is recorded: whoever
 * describes the span asks for it first.
 */
export function beginTrace(tracer: Tracer | undefined, name: string, kind: SpanKind, traceparent: unknown): Trace {
  if (tracer === undefined) return traceOf(traceparent);
  return traceIn(tracer.startSpan(name, { kind }, remoteContext(traceparent)));
}

/** Begins a part of a recorded trace; a trace that is not recorded is returned as it is. */
export function beginPart(tracer: Tracer | undefined, name: string, kind: SpanKind, within: Trace): Trace {
  if (tracer === undefined || within.span === undefined) return within;
  return traceIn(childSpan(tracer, name, { kind }, within.span));
}

/** A span within another one, in the same process. */
export function childSpan(
  tracer: Tracer,
  name: string,
  options: { kind: SpanKind; attributes?: Attributes },
  parent: Span,
): Span {
  return tracer.startSpan(name, options, api.setSpan(ROOT_CONTEXT, parent));
}

/** The trace context whose parent is the span. */
export function traceIn(span: Span): Trace {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const traceparent = `00-${traceId}-${spanId}-${(traceFlags & 1) === 1 ? '01' : '00'}`;
  return span.isRecording() ? { traceId, traceparent, span } : { traceId, traceparent };
}

/** Marks a span as failed. @param type a code or a class's name: messages may tell what is nobody's business */
export function failSpan(span: Span, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** The class of anything thrown, or its code where it has one. */
export function errorType(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
