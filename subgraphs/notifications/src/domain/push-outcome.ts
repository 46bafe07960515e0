import { pushSiteOf } from './push-site.ts';

/** A push service's answer. */
export interface PushAnswer {
  /** Null when no answer came in time. */
  readonly status: number | null;
  /** For how long the service wants to be left alone; null when it did not say. */
  readonly retryAfterMs: number | null;
}

/** The outcome of a try, by which the delivery goes on or ends. */
export type PushOutcome =
  | { readonly kind: 'SENT' | 'REFUSED' }
  /** The endpoint is gone for good. */
  | { readonly kind: 'ENDED' }
  | { readonly kind: 'FAILED' | 'POSTPONED' | 'SHORTENED'; readonly delayMs: number };

/** How a push service fares, by its answers to a batch. */
export interface HostHealth {
  /** See {@link pushSiteOf}. */
  readonly host: string;
  /** Whether it dealt with any of them. */
  readonly isUp: boolean;
  /** For how long it wants to be left alone; 0 when it is up, for then it means endpoints. */
  readonly pauseMs: number;
}

const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 15 * 60_000;
/** Of a service that does not say for how long. */
const USUAL_PAUSE_MS = 60_000;

/** The longest pause that a service can ask for: what it says of one endpoint must not keep others waiting for long. */
const LONGEST_PAUSE_MS = 5 * 60_000;

/** Batches in a row, long after anything was accepted, of which nothing was, after which a push service is left alone, for a time that doubles. */
export const FAILURES_BEFORE_PAUSE = 3;

/** A try to reach a service. */
interface TriedHost {
  readonly host: string;
  readonly attempts: number;
  readonly outcome: PushOutcome;
}

function isDealtWith({ kind }: PushOutcome): boolean {
  return kind !== 'FAILED' && kind !== 'POSTPONED';
}

/** The outcome of a try. A delivery is given up when nobody wants it any more, not after a number of tries. */
export function outcomeOf(
  { status, retryAfterMs }: PushAnswer,
  { attempts, isShort }: { readonly attempts: number; readonly isShort: boolean },
): PushOutcome {
  if (status === null || status >= 500)
    return { kind: 'FAILED', delayMs: Math.max(backoffMs(attempts), retryAfterMs ?? 0) };
  if (status < 300) return { kind: 'SENT' };
  if (status === 404 || status === 410) return { kind: 'ENDED' };
  if (status === 429) return { kind: 'POSTPONED', delayMs: retryAfterMs ?? USUAL_PAUSE_MS };
  if (status === 413 && !isShort) return { kind: 'SHORTENED', delayMs: 0 };
  return { kind: 'REFUSED' };
}

function backoffMs(attempts: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
}

/**
 * The health of each service that was tried, its hosts taken together. A repeat that fails says nothing: it may be its
 * endpoint alone that never answers.
 */
export function hostHealth(hosts: readonly TriedHost[]): HostHealth[] {
  const telling = hosts.filter(({ attempts, outcome }) => attempts === 1 || isDealtWith(outcome));
  const tries = telling.map(({ host, outcome }) => ({ host: pushSiteOf(host), outcome }));
  return [...new Set(tries.map(({ host }) => host))].map((host) => {
    const outcomes = tries.filter((tried) => tried.host === host).map(({ outcome }) => outcome);
    const isUp = outcomes.some(isDealtWith);
    const pauses = outcomes.map((outcome) => (outcome.kind === 'POSTPONED' ? outcome.delayMs : 0));
    return { host, isUp, pauseMs: isUp ? 0 : Math.min(LONGEST_PAUSE_MS, Math.max(...pauses)) };
  });
}
