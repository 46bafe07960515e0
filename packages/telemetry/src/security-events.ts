import type { Log } from './log.ts';
import { loggableText } from './loggable-text.ts';
import { counterIn, type Registry } from './metrics.ts';

/** The security events that an operator can alert on, by the name that logs and metrics use. */
export const SECURITY_EVENTS = {
  'sign-in-failed': 'a wrong password, also of somebody who is signed in, or an account that does not exist',
  'sign-in-slowed': 'a sign-in refused because of many failures before it',
  'second-factor-failed': 'a wrong code of a second factor',
  'refresh-token-reused': 'a refresh token used again after its exchange; its session has ended',
  'revoked-token-used': 'an access token of a session that has ended',
  'invalid-token': 'an access token that is malformed or not ours',
  'invalid-service-token': 'a service token that is malformed, expired, not ours or meant for another service',
  'access-denied': 'fields or objects that a caller asked for and may not have',
  'rate-limited': 'a request refused by a rate limit',
  'webhook-rejected': 'a webhook with a wrong signature',
  'origin-rejected': 'a socket or stream that a foreign website opened in a browser, or its use of a session',
  'credentials-changed': 'a password, e-mail address, second factor or passkey that its owner changed',
  'role-changed': 'roles or scopes given to a person, or taken away',
} as const;

export type SecurityEventKind = keyof typeof SECURITY_EVENTS;

/** Who did it and from where, as far as that is known. Never a credential, name or e-mail address. */
export interface SecurityEventFields {
  readonly userId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** The subgraph that called. */
  readonly caller?: string | undefined;
  /** The client's network, by `networkOf` of @marquee/identity. */
  readonly address?: string | null | undefined;
  readonly traceId?: string | undefined;
  readonly operation?: string | undefined;
  /** The code of the error that the client got. */
  readonly code?: string | undefined;
  /** Which limit, field, factor or header it was. */
  readonly detail?: string | undefined;
}

/** Records a security event: one in the metric `marquee_security_events_total`, and a line in the log. */
export type RecordSecurityEvent = (kind: SecurityEventKind, fields?: SecurityEventFields) => void;

export interface SecurityEventOptions {
  readonly log: Log;
  readonly metrics?: Registry | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** An attacker cannot fill the disk: the metric counts every event, the log has the first lines of each minute. */
const WINDOW_MS = 60_000;
/** Lines a minute about one source, so that a noisy one leaves room for others. */
const LINES_PER_SOURCE = 10;
/** Lines a minute of one kind. */
const LINES_PER_KIND = 300;

const MAX_VALUE = 200;

/**
 * The security events of a deployable. A line has `security`, the kind, and how many events of this kind were left out
 * since the last one as `omitted`.
 */
export function securityEvents({ log, metrics, now = Date.now }: SecurityEventOptions): RecordSecurityEvent {
  const counter =
    metrics &&
    counterIn(metrics, { name: 'marquee_security_events_total', help: 'Security events', labelNames: ['kind'] });
  if (counter) for (const kind of Object.keys(SECURITY_EVENTS)) counter.inc({ kind }, 0);
  const lines = new LineBudget(now);
  return (kind, fields = {}) => {
    counter?.inc({ kind });
    const omitted = lines.take(kind, fields.address ?? fields.userId ?? fields.caller ?? '');
    if (omitted === undefined) return;
    log.warn({ security: kind, ...bounded(fields), ...(omitted > 0 && { omitted }) }, 'security event');
  };
}

/** The lines that may still be written in this minute. */
class LineBudget {
  readonly #now: () => number;
  readonly #omitted = new Map<string, number>();
  /** By kind, and by kind and source; of the latter there are at most as many as lines. */
  readonly #written = new Map<string, number>();
  #windowStart = -Infinity;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns the events of the kind omitted since its last line; undefined when this one is omitted too */
  take(kind: string, source: string): number | undefined {
    this.#beginWindow();
    const ofSource = `${kind} ${source.slice(0, MAX_VALUE)}`;
    const omitted = this.#omitted.get(kind) ?? 0;
    if (this.#isSpent(kind, LINES_PER_KIND) || this.#isSpent(ofSource, LINES_PER_SOURCE)) {
      this.#omitted.set(kind, omitted + 1);
      return undefined;
    }
    for (const each of [kind, ofSource]) this.#written.set(each, (this.#written.get(each) ?? 0) + 1);
    this.#omitted.delete(kind);
    return omitted;
  }

  #beginWindow(): void {
    const at = this.#now();
    if (at - this.#windowStart < WINDOW_MS) return;
    this.#windowStart = at;
    this.#written.clear();
  }

  #isSpent(key: string, max: number): boolean {
    return (this.#written.get(key) ?? 0) >= max;
  }
}

function bounded(fields: SecurityEventFields): Record<string, string> {
  const given = Object.entries(fields).filter((field): field is [string, string] => typeof field[1] === 'string');
  return Object.fromEntries(given.map(([name, value]) => [name, loggableText(value, MAX_VALUE)]));
}
