import { setTimeout as pause } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** An event as a client receives it. */
export interface LiveEvent<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
  readonly extensions?: { readonly gap?: { readonly reason: string } };
}

export const CARRIERS = ['websocket', 'event-stream'] as const;

export interface LiveStreamOptions<Data> {
  readonly endpoint: string;
  readonly accessToken?: string | undefined;
  readonly carrier: (typeof CARRIERS)[number];
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Called each time that the subscription was opened, which for a client is a gap. */
  onOpen(): void;
  onEvent(event: LiveEvent<Data>): void;
}

const REOPEN_MS = 500;

/** A subscription that is opened again whenever it ends. @returns a function that ends it for good */
export function keepOpen<Data>(options: LiveStreamOptions<Data>): () => void {
  const closing = new AbortController();
  const open = options.carrier === 'websocket' ? overWebSocket : overEventStream;
  const run = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      options.onOpen();
      await open(options, closing.signal).catch(() => undefined);
      await pause(REOPEN_MS);
    }
  };
  void run();
  return () => closing.abort();
}

async function overWebSocket<Data>(options: LiveStreamOptions<Data>, signal: AbortSignal): Promise<void> {
  const { endpoint, query, variables, onEvent } = options;
  const socket: Client = createClient({
    url: endpoint.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: credentials(options),
    retryAttempts: 0,
  });
  // Disposing of a socket that was refused, as with an expired token, rejects with its close.
  const dispose = async (): Promise<void> => {
    await Promise.resolve(socket.dispose()).catch(() => undefined);
  };
  signal.addEventListener('abort', dispose, { once: true });
  try {
    for await (const event of socket.iterate<Data>({ query, variables })) onEvent(event as LiveEvent<Data>);
  } finally {
    signal.removeEventListener('abort', dispose);
    await dispose();
  }
}

const NEXT = /^event: next\ndata: (.*)$/;

async function overEventStream<Data>(options: LiveStreamOptions<Data>, signal: AbortSignal): Promise<void> {
  const { endpoint, query, variables, onEvent } = options;
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream', ...credentials(options) };
  const response = await fetch(endpoint, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
    signal,
  });
  let text = '';
  for await (const bytes of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const messages = `${text}${bytes}`.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const body = NEXT.exec(message)?.[1];
      if (body === undefined) continue;
      const event = JSON.parse(body) as LiveEvent<Data>;
      // Errors alone end the stream: the protocol has no message for them.
      if (event.data === undefined && !event.extensions?.gap) return;
      onEvent(event);
    }
  }
}

function credentials({ accessToken }: Pick<LiveStreamOptions<unknown>, 'accessToken'>): Record<string, string> {
  return accessToken === undefined ? {} : { Authorization: `Bearer ${accessToken}` };
}
