import type { OperationContext } from '../request/operation-context.ts';
import {
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnavailableError,
} from './subgraph-transport.ts';

export interface RetryOptions {
  /** Tries after the first one. */
  readonly retries?: number;
  /** The longest wait before the first retry, ms; doubled for each further one. */
  readonly baseDelayMs?: number;
  readonly now?: () => number;
  readonly random?: () => number;
  /** @param attempt 1 for the first retry */
  readonly onRetry?: (context: OperationContext, attempt: number) => void;
}

/** Repeats a query whose failure says nothing about the query, after a random wait and never past its deadline. */
export function retryQueries(
  inner: SubgraphTransport,
  { retries = 2, baseDelayMs = 50, now = Date.now, random = Math.random, onRetry = () => {} }: RetryOptions = {},
): SubgraphTransport {
  const again = async (
    request: SubgraphRequest,
    context: OperationContext,
    failure: unknown,
    attempt: number,
  ): Promise<SubgraphResponse> => {
    if (!isTransient(failure) || attempt >= retries) throw failure;
    // Full jitter: callers that failed together do not come back together.
    const delay = random() * baseDelayMs * 2 ** attempt;
    const { signal, deadline } = context;
    if (signal?.aborted || (deadline !== undefined && now() + delay >= deadline)) throw failure;
    await new Promise((resolve) => setTimeout(resolve, delay));
    onRetry(context, attempt + 1);
    try {
      return await inner.execute(request, context);
    } catch (error) {
      return again(request, context, error, attempt + 1);
    }
  };
  return {
    ...inner,
    execute: async (request, context) => {
      if (request.kind !== 'query') return inner.execute(request, context);
      try {
        return await inner.execute(request, context);
      } catch (error) {
        return again(request, context, error, 0);
      }
    },
  };
}

/** The same request may succeed at once. A missed deadline or a refused answer would only be repeated. */
function isTransient(failure: unknown): boolean {
  return (
    failure instanceof SubgraphUnavailableError && (failure.reason === 'unreachable' || failure.reason === 'status')
  );
}
