/** A failure in background work, which is retried or recorded. */
export type EventProblem =
  /** The outbox could not be published; the relay retries. Reported once for consecutive equal failures. */
  | { readonly kind: 'relay-failed'; readonly domain: string; readonly error: unknown }
  /** A consumer did not acknowledge events in time; they are delivered to it again. */
  | { readonly kind: 'events-redelivered'; readonly domain: string; readonly consumer: string; readonly events: number }
  /** The log could not be read; delivery retries. Reported once for consecutive equal failures. */
  | { readonly kind: 'delivery-failed'; readonly consumer: string; readonly error: unknown }
  /** A handler failed; the event is retried. */
  | {
      readonly kind: 'event-failed';
      readonly consumer: string;
      readonly eventType: string;
      readonly key: string;
      /** The event's entry in the log. */
      readonly entry: string;
      readonly attempt: number;
      readonly retryInMs: number;
      readonly error: unknown;
    }
  /** A handler failed for the last time; the event is a dead letter. */
  | {
      readonly kind: 'event-dead';
      readonly consumer: string;
      readonly eventType: string;
      readonly eventId: string;
      readonly attempt: number;
      readonly error: unknown;
    };

/** Receives problems, usually to log them. Must not throw. */
export type Report = (problem: EventProblem) => void;

/** Writes a line of JSON to standard error. */
export const reportToStderr: Report = (problem) => {
  const error = 'error' in problem ? { error: messageOf(problem.error) } : {};
  process.stderr.write(`${JSON.stringify({ level: 'error', ...problem, ...error })}\n`);
};

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Reports the first of consecutive failures with the same message, until `recovered` is called. */
export function suppressRepeats(report: (error: unknown) => void): { failed(error: unknown): void; recovered(): void } {
  let last: string | null = null;
  return {
    failed: (error) => {
      const message = messageOf(error);
      if (message !== last) report(error);
      last = message;
    },
    recovered: () => {
      last = null;
    },
  };
}
