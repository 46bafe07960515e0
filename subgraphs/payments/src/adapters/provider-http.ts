import { setTimeout as delay } from 'node:timers/promises';
import CircuitBreaker from 'opossum';
import { request } from 'undici';

import { ProviderUnavailableError } from '../domain/payment-provider.ts';

/** Timeout, retries and circuit breaker of requests to a provider. */
export interface ResilienceOptions {
  /** Timeout of one attempt in milliseconds; 2,500 by default. */
  readonly timeoutMs?: number;
  /** Maximum number of attempts; 3 by default. */
  readonly attempts?: number;
  /** Time the circuit stays open after too many failures, in milliseconds; 5,000 by default. */
  readonly breakMs?: number;
}

export interface ProviderHttpOptions extends ResilienceOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
}

export interface ProviderRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  /** Makes a repeated request take effect once. */
  readonly idempotencyKey?: string;
}

export interface ProviderResponse {
  readonly status: number;
  readonly body: unknown;
}

/** Client of a provider's HTTP API. */
export interface ProviderHttp {
  /**
   * Sends a request and retries it when no answer comes, so every request must be safe to repeat.
   *
   * @returns any response below 500 except 429
   * @throws {ProviderUnavailableError} with `outcomeUnknown` unless no attempt can have reached the provider
   */
  send(request: ProviderRequest): Promise<ProviderResponse>;
  close(): void;
}

/** Error codes of connections that were never established. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
const FIRST_BACKOFF_MS = 100;
/** Statuses of a provider that cannot serve anybody for now. */
const OUTAGE_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** The provider fails at this very request. It answers, so nobody else has to wait. */
class FailedAtRequestError extends Error {}

/** Runs requests with retries and a circuit breaker. */
interface Resilience {
  /** @param attempt throws ProviderUnavailableError when no answer came */
  run<T>(attempt: () => Promise<T>): Promise<T>;
  close(): void;
}

/** Retries with backoff, and a circuit breaker. */
export function resilience({ attempts = 3, breakMs = 5_000 }: ResilienceOptions): Resilience {
  const breaker = new CircuitBreaker<[() => Promise<unknown>], unknown>((attempt) => attempt(), {
    timeout: false,
    errorThresholdPercentage: 60,
    volumeThreshold: 10,
    rollingCountTimeout: 10_000,
    rollingPercentilesEnabled: false,
    resetTimeout: breakMs,
    errorFilter: ({ cause }: Error) => cause instanceof FailedAtRequestError,
  });
  const guarded = async <T>(attempt: () => Promise<T>): Promise<T> => {
    try {
      return (await breaker.fire(attempt)) as T;
    } catch (cause) {
      if (cause instanceof ProviderUnavailableError) throw cause;
      throw new ProviderUnavailableError('The circuit to the payment provider is open', {
        outcomeUnknown: false,
        cause,
      });
    }
  };
  return {
    run: (attempt) => withRetries(attempts, () => guarded(attempt)),
    close: () => breaker.shutdown(),
  };
}

/** A client with a timeout per attempt, retries with backoff, and a circuit breaker. */
export function providerHttp(options: ProviderHttpOptions): ProviderHttp {
  const { run, close } = resilience(options);
  return { send: (order) => run(() => sendOnce(options, order)), close };
}

/** Once one attempt may have reached the provider the outcome is unknown, whatever happens to later ones. */
async function withRetries<T>(attempts: number, attempt: () => Promise<T>): Promise<T> {
  let outcomeUnknown = false;
  for (let sent = 1; ; sent += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ProviderUnavailableError)) throw error;
      outcomeUnknown ||= error.outcomeUnknown;
      if (sent === attempts) throw new ProviderUnavailableError(error.message, { outcomeUnknown, cause: error });
    }
    await delay(FIRST_BACKOFF_MS * 2 ** (sent - 1));
  }
}

async function sendOnce(
  { baseUrl, apiKey, timeoutMs = 2_500 }: ProviderHttpOptions,
  { method, path, body, idempotencyKey }: ProviderRequest,
): Promise<ProviderResponse> {
  try {
    // Several times cheaper than `fetch`, and follows no redirect.
    const response = await request(new URL(path, baseUrl), {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { statusCode: status } = response;
    if ((status < 300 || status >= 400) && status < 500 && status !== 429) {
      return { status, body: status === 204 ? null : await response.body.json() };
    }
    await response.body.dump();
    const problem = `HTTP ${status}`;
    throw OUTAGE_STATUSES.has(status) || status < 500 ? new Error(problem) : new FailedAtRequestError(problem);
  } catch (cause) {
    throw new ProviderUnavailableError(`The payment provider did not answer: ${reasonOf(cause)}`, {
      outcomeUnknown: !NEVER_CONNECTED.has(codeOf(cause)),
      cause,
    });
  }
}

/** Whether an error's system code says that no connection was established. */
export function neverConnected(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NEVER_CONNECTED.has(String(error.code));
}

function reasonOf(error: unknown): string {
  return codeOf(error) || (error instanceof Error ? error.message : String(error));
}

/** The system error code behind a failed request: its own, or that of the first address tried. */
function codeOf(error: unknown): string {
  const first = error instanceof AggregateError ? (error.errors as unknown[])[0] : error;
  const { code } = (first ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
