import type { Client, SubscribePayload } from 'graphql-ws';

/** A live subscription. Events are buffered until they are awaited. */
export interface EventStream<Data> {
  /** Called with each event as it arrives. */
  onEvent(listener: (event: Data) => void): void;
  /**
   * The first matching event, received already or later.
   *
   * @throws when none has come in time, or the subscription ended.
   */
  next(what: string, matches: (event: Data) => boolean, timeoutMs?: number): Promise<Data>;
  close(): void;
}

const TIMEOUT_MS = 10_000;

export function openEventStream<Data>(name: string, socket: Client, payload: SubscribePayload): EventStream<Data> {
  const events: Data[] = [];
  const listeners = new Set<(event: Data) => void>();
  const failures = new Set<(error: Error) => void>();
  let failure: Error | undefined;
  const fail = (reason: unknown): void => {
    failure ??= new Error(`${name}: ${describe(reason)}`);
    for (const reject of failures) reject(failure);
  };
  const close = socket.subscribe<Data>(payload, {
    next: ({ data, errors }) => {
      if (errors !== undefined || !data) return fail(errors ?? 'an event without data');
      events.push(data);
      for (const listener of listeners) listener(data);
    },
    error: fail,
    complete: () => fail('the subscription has ended'),
  });
  const next: EventStream<Data>['next'] = (what, matches, timeoutMs = TIMEOUT_MS) => {
    const past = events.find(matches);
    if (past !== undefined) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        listeners.delete(look);
        failures.delete(giveUp);
      };
      const look = (event: Data): void => {
        if (!matches(event)) return;
        done();
        resolve(event);
      };
      const giveUp = (error: Error): void => {
        done();
        reject(error);
      };
      const timer = setTimeout(
        () => giveUp(new Error(`${name}: ${what} did not arrive within ${timeoutMs} ms`)),
        timeoutMs,
      );
      if (failure) return giveUp(failure);
      listeners.add(look);
      failures.add(giveUp);
    });
  };
  return { onEvent: (listener) => void listeners.add(listener), next, close };
}

function describe(reason: unknown): string {
  if (Array.isArray(reason)) return reason.map((error: { message: string }) => error.message).join('; ');
  if (reason instanceof Error) return reason.message;
  if (typeof reason === 'object' && reason !== null && 'code' in reason) {
    const { code, reason: text } = reason as { code: number; reason?: string };
    return `the socket closed with ${code} ${text ?? ''}`;
  }
  return String(reason);
}
