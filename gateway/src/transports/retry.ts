import type { OperationContext } from '../request/operation-context.ts';
import {
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnavailableError,
} from './subgraph-transport.ts';

export interface RetryOptions {
  /** Maximum retries. */
  readonly retries?: number;
  /** Maximum delay before the first retry, ms; doubled for each further one. */
  readonly baseDelayMs?: number;
  readonly now?: () => number;
  readonly random?: () => number;
  /** @param attempt 1 for the first retry */
  readonly onRetry?: (context: OperationContext, attempt: number) => void;
}

/** Retries queries after transient failures, with exponential backoff and within their deadline. */
export function retryQueries(
  inner: SubgraphTransport,
  { retries = 2, baseDelayMs = 50, now = Date.now, random = Math.random, onRetry = () => {} }: RetryOptions = {},
): SubgraphTransport {
  const retry = async (
    request: SubgraphRequest,
    context: OperationContext,
    failure: unknown,
    attempt: number,
  ): Promise<SubgraphResponse> => {
    if (!isTransient(failure) || attempt >= retries) throw failure;
    // Full jitter, so that callers that failed together do not retry together.
    const delay = random() * baseDelayMs * 2 ** attempt;
    const { signal, deadline } = context;
    if (signal?.aborted || (deadline !== undefined && now() + delay >= deadline)) throw failure;
    await new Promise((resolve) => setTimeout(resolve, delay));
    onRetry(context, attempt + 1);
    try {
      return await inner.execute(request, context);
    } catch (error) {
      return retry(request, context, error, attempt + 1);
    }
  };
  return {
    ...inner,
    execute: async (request, context) => {
      if (request.kind !== 'query') return inner.execute(request, context);
      try {
        return await inner.execute(request, context);
      } catch (error) {
        return retry(request, context, error, 0);
      }
    },
  };
}

/** Timeouts and unusable responses would only recur. */
function isTransient(failure: unknown): boolean {
  return (
    failure instanceof SubgraphUnavailableError && (failure.reason === 'unreachable' || failure.reason === 'status')
  );
}
