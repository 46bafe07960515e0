import { childSpan, failSpan, type Span, SpanKind, traceOfSpan, type Tracer } from '@marquee/telemetry';
import type { Caller, Device } from '@marquee/identity';
import type { OperationKind } from '../operation/operation-request.ts';
import {
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnavailableError,
} from './subgraph-transport.ts';

export const RETRIES = 'marquee.fetch.retries';
/** The answer is that of an identical fetch, which has the subgraph's spans. */
export const SHARED = 'marquee.fetch.shared';
const OUTCOME = 'marquee.fetch.outcome';

/** Makes each fetch of a recorded operation a span, which the subgraph's own spans continue. */
export function traced(subgraph: string, inner: SubgraphTransport, tracer: Tracer | undefined): SubgraphTransport {
  if (tracer === undefined) return inner;
  const fetchWithin = async (parent: Span, request: SubgraphRequest): Promise<SubgraphResponse> => {
    const attributes = { 'marquee.subgraph': subgraph, 'graphql.operation.type': request.kind };
    const span = childSpan(tracer, `fetch ${subgraph}`, { kind: SpanKind.CLIENT, attributes }, parent);
    try {
      const response = await inner.execute(new TracedRequest(request, span));
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
    execute: (request) => (request.span === undefined ? inner.execute(request) : fetchWithin(request.span, request)),
  };
}

/** The same request as a part of the fetch's span. What is made on first use stays so. */
class TracedRequest implements SubgraphRequest {
  readonly span: Span;
  readonly traceparent: string;
  readonly #request: SubgraphRequest;

  constructor(request: SubgraphRequest, span: Span) {
    this.#request = request;
    this.span = span;
    this.traceparent = traceOfSpan(span).traceparent;
  }

  get kind(): OperationKind {
    return this.#request.kind;
  }

  get query(): string {
    return this.#request.query;
  }

  get operationName(): string | undefined {
    return this.#request.operationName;
  }

  get variables(): Record<string, unknown> {
    return this.#request.variables;
  }

  get body(): string {
    return this.#request.body;
  }

  get caller(): Caller {
    return this.#request.caller;
  }

  get authorization(): string | undefined {
    return this.#request.authorization;
  }

  get traceId(): string {
    return this.#request.traceId;
  }

  get device(): Device | undefined {
    return this.#request.device;
  }

  get deadline(): number | undefined {
    return this.#request.deadline;
  }

  get signal(): AbortSignal | undefined {
    return this.#request.signal;
  }
}
