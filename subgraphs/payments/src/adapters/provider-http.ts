import { setTimeout as delay } from 'node:timers/promises';
import CircuitBreaker from 'opossum';

import { ProviderUnavailableError } from '../domain/payment-provider.ts';

/** How patient we are with a provider. */
export interface ProviderPatience {
  /** How long one attempt may take, in milliseconds; 2,500 when not given. */
  readonly timeoutMs?: number;
  /** How often a request is sent at most; 3 when not given. */
  readonly attempts?: number;
  /** How long nothing is sent after too many failures, in milliseconds; 5,000 when not given. */
  readonly breakMs?: number;
}

export interface ProviderHttpOptions extends ProviderPatience {
  readonly baseUrl: string;
  readonly apiKey: string;
}

export interface ProviderRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Lets a request be sent again without taking effect again. */
  readonly idempotencyKey?: string;
}

export interface ProviderAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Requests to a provider's HTTP API. */
export interface ProviderHttp {
  /**
   * Sends a request, again when no answer comes: every request to a provider may be sent twice.
   *
   * @returns any answer below 500
   * @throws {ProviderUnavailableError} `undecided` unless no attempt can have reached the provider
   */
  send(request: ProviderRequest): Promise<ProviderAnswer>;
  close(): void;
}

/** Connections that failed with these were never made. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
const FIRST_PAUSE_MS = 100;

/** Speaks to a provider with a deadline for each attempt, retries, and a circuit breaker that spares a failing one. */
export function providerHttp(options: ProviderHttpOptions): ProviderHttp {
  const { attempts = 3, breakMs = 5_000 } = options;
  const breaker = new CircuitBreaker<[ProviderRequest], ProviderAnswer>((request) => sendOnce(options, request), {
    timeout: false,
    errorThresholdPercentage: 60,
    volumeThreshold: 10,
    rollingCountTimeout: 10_000,
    rollingPercentilesEnabled: false,
    resetTimeout: breakMs,
  });
  const attempt = async (request: ProviderRequest): Promise<ProviderAnswer> => {
    try {
      return await breaker.fire(request);
    } catch (cause) {
      if (cause instanceof ProviderUnavailableError) throw cause;
      throw new ProviderUnavailableError('The circuit to the payment provider is open', { undecided: false, cause });
    }
  };
  return {
    send: (request) => persistently(attempts, () => attempt(request)),
    close: () => breaker.shutdown(),
  };
}

/** One attempt that may have reached the provider leaves the whole undecided, however the later ones failed. */
async function persistently(attempts: number, attempt: () => Promise<ProviderAnswer>): Promise<ProviderAnswer> {
  let undecided = false;
  for (let sent = 1; ; sent += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ProviderUnavailableError)) throw error;
      undecided ||= error.undecided;
      if (sent === attempts) throw new ProviderUnavailableError(error.message, { undecided, cause: error });
    }
    await delay(FIRST_PAUSE_MS * 2 ** (sent - 1));
  }
}

async function sendOnce(
  { baseUrl, apiKey, timeoutMs = 2_500 }: ProviderHttpOptions,
  { method, path, body, idempotencyKey }: ProviderRequest,
): Promise<ProviderAnswer> {
  try {
    const response = await fetch(new URL(path, baseUrl), {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = { status: response.status, body: await response.json() };
    if (response.status < 500 && response.status !== 429) return answer;
    throw new Error(`HTTP ${response.status}`);
  } catch (cause) {
    throw new ProviderUnavailableError(`The payment provider did not answer: ${reasonOf(cause)}`, {
      undecided: !NEVER_CONNECTED.has(codeOf(cause)),
      cause,
    });
  }
}

function reasonOf(error: unknown): string {
  return codeOf(error) || (error instanceof Error ? error.message : String(error));
}

/** The system's code of what `fetch` failed with: of its cause, or of the first of several addresses tried. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const first = cause instanceof AggregateError ? (cause.errors as unknown[])[0] : cause;
  return typeof first === 'object' && first !== null && 'code' in first ? String(first.code) : '';
}
