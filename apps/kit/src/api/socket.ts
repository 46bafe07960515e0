import { createClient, type Client } from 'graphql-ws';

import { onAnother, type Session } from './session.ts';

const MAX_PAUSE_MS = 16_000;

/** The WebSocket of this tab, and when it was lost and is back. */
export interface Socket {
  readonly client: Client;
  /** Called when the connection was lost and is back: events may have been missed. @returns a function that ends it */
  onReconnect(listener: () => void): () => void;
}

/** Opens the socket with the first subscription. It follows the session: another person gets another connection. */
export function openSocket(session: Session, clientName: string): Socket {
  const listeners = new Set<() => void>();
  let open: WebSocket | undefined;
  const client = createClient({
    url: new URL('/graphql', location.href).href.replace(/^http/, 'ws'),
    connectionParams: async () => {
      const token = await session.token();
      return { ...(token && { Authorization: `Bearer ${token}` }), 'apollographql-client-name': clientName };
    },
    keepAlive: 20_000,
    retryAttempts: Infinity,
    retryWait: pauseBefore,
    shouldRetry: () => true,
    on: {
      connected: (socket, _payload, wasRetry) => {
        open = socket as WebSocket;
        if (wasRetry) for (const listener of listeners) listener();
      },
    },
  });
  let token: string | undefined;
  let isOther = false;
  onAnother(session, () => {
    isOther = true;
    client.terminate();
  });
  session.subscribe(() => {
    if (!isOther) renew().catch(() => undefined);
    isOther = false;
  });
  /** Passes a new access token to the open connection, which ends with the old one otherwise. */
  async function renew(): Promise<void> {
    const next = await session.token();
    if (next === token || next === undefined) return;
    token = next;
    if (open?.readyState === WebSocket.OPEN)
      open.send(JSON.stringify({ type: 'ping', payload: { Authorization: `Bearer ${next}` } }));
  }
  return {
    client,
    onReconnect: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * Waits before a lost connection is tried again: longer after each attempt, by chance, because other clients were
 * disconnected too, and no longer once this machine has a network again.
 */
export function pauseBefore(attempt: number): Promise<void> {
  return new Promise((resolve) => {
    const goOn = (): void => {
      clearTimeout(timer);
      removeEventListener('online', goOn);
      resolve();
    };
    const timer = setTimeout(goOn, Math.min(MAX_PAUSE_MS, 1_000 * 2 ** attempt) + 300 + Math.random() * 2_700);
    addEventListener('online', goOn);
  });
}
