import { childSpan, failSpan, type Span, SpanKind, traceOfSpan, type Tracer } from '@marquee/telemetry';
import type { OperationContext } from '../request/operation-context.ts';
import {
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnavailableError,
} from './subgraph-transport.ts';

export const RETRIES = 'marquee.fetch.retries';
/** The response is that of an identical fetch, whose span has the subgraph's spans. */
export const SHARED = 'marquee.fetch.shared';
const OUTCOME = 'marquee.fetch.outcome';

/** Records a span for each fetch of a recorded operation, the parent of the subgraph's spans. */
export function traced(subgraph: string, inner: SubgraphTransport, tracer: Tracer | undefined): SubgraphTransport {
  if (tracer === undefined) return inner;
  const fetchWithin = async (
    parent: Span,
    request: SubgraphRequest,
    context: OperationContext,
  ): Promise<SubgraphResponse> => {
    const attributes = { 'marquee.subgraph': subgraph, 'graphql.operation.type': request.kind };
    const span = childSpan(tracer, `fetch ${subgraph}`, { kind: SpanKind.CLIENT, attributes }, parent);
    try {
      const response = await inner.execute(request, { ...context, trace: traceOfSpan(span) });
      span.setAttribute(OUTCOME, response.errors?.length ? 'errors' : 'ok');
      return response;
    } catch (error) {
      const outcome = error instanceof SubgraphUnavailableError ? error.reason : 'failed';
      span.setAttribute(OUTCOME, outcome);
      failSpan(span, outcome);
      throw error;
    } finally {
      span.end();
    }
  };
  return {
    ...inner,
    execute: (request, context) => {
      const { span } = context.trace;
      return span === undefined ? inner.execute(request, context) : fetchWithin(span, request, context);
    },
  };
}
