import { beginLinkedTrace, beginTrace, SpanKind, type Trace, traceIdIn, type Tracer } from '@marquee/telemetry';

/** The trace of a request or of an operation of a socket. */
export interface IncomingTrace {
  readonly trace: Trace;
  /** The client's own trace, where it is not continued. */
  readonly clientTraceId?: string | undefined;
}

/** Begins the trace of a client's message. @param traceparent as sent by the client or by a proxy */
export type BeginIncoming = (name: string, traceparent: unknown) => IncomingTrace;

/**
 * A client that chose the id of a trace could hide in another one, or have all of its requests recorded. Its trace is
 * therefore only linked, unless a proxy in front vouches for the header.
 */
export function incomingTraces(tracer: Tracer | undefined, isTrusted: boolean): BeginIncoming {
  if (isTrusted) return (name, traceparent) => ({ trace: beginTrace(tracer, name, SpanKind.SERVER, traceparent) });
  return (name, traceparent) => ({
    trace: beginLinkedTrace(tracer, name, SpanKind.SERVER, traceparent),
    clientTraceId: traceIdIn(traceparent),
  });
}
