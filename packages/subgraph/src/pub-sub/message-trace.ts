import { beginTrace, errorType, failSpan, inTrace, SpanKind, type Trace, type Tracer } from '@marquee/telemetry';

/** Maps a message to a root value in the trace of the event that it announces. */
export async function traceMessage<Message, RootValue>(
  tracer: Tracer | undefined,
  message: Message,
  rootValueOf: (message: Message) => RootValue | Promise<RootValue>,
): Promise<{ rootValue: RootValue; trace: Trace }> {
  const { traceparent } = (message ?? {}) as { traceparent?: unknown };
  const trace = beginTrace(tracer, 'GraphQL Operation', SpanKind.SERVER, traceparent);
  try {
    return { rootValue: await inTrace(trace, async () => rootValueOf(message)), trace };
  } catch (error) {
    if (trace.span) failSpan(trace.span, errorType(error));
    trace.span?.end();
    throw error;
  }
}
