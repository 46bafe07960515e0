/** Something that went wrong, and is being dealt with, where nobody waits for an answer. */
export type EventProblem =
  /** The outbox could not be moved to the log; it is tried again. Told once for a row of like failures. */
  | { readonly kind: 'relay-failed'; readonly domain: string; readonly error: unknown }
  /** The log lost events that were published: they are published again. */
  | { readonly kind: 'log-refilled'; readonly domain: string; readonly events: number }
  /** The log could not be read; it is tried again. Told once for a row of like failures. */
  | { readonly kind: 'delivery-failed'; readonly consumer: string; readonly error: unknown }
  /** A handler failed; the event is tried again. */
  | {
      readonly kind: 'event-failed';
      readonly consumer: string;
      readonly eventType: string;
      readonly key: string;
      /** Where the event lies in the log. */
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
      readonly key: string;
      /** Where the event lies in the log. */
      readonly entry: string;
      readonly attempt: number;
      readonly error: unknown;
    };

/** Where problems are told: a logger, usually. It must not throw. */
export type Report = (problem: EventProblem) => void;

/** Writes a line of JSON to standard error. */
export const reportToStderr: Report = (problem) => {
  const error = 'error' in problem ? { error: messageOf(problem.error) } : {};
  process.stderr.write(`${JSON.stringify({ level: 'error', ...problem, ...error })}\n`);
};

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Passes on the first of a row of failures that say the same; `recovered` ends the row. */
export function onceARow(tell: (error: unknown) => void): { failed(error: unknown): void; recovered(): void } {
  let last: string | null = null;
  return {
    failed: (error) => {
      const message = messageOf(error);
      if (message !== last) tell(error);
      last = message;
    },
    recovered: () => {
      last = null;
    },
  };
}
