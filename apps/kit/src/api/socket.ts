import { createClient, type Client } from 'graphql-ws';

import type { Session } from './session.ts';

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
    shouldRetry: () => true,
    on: {
      connected: (socket, _payload, wasRetry) => {
        open = socket as WebSocket;
        if (wasRetry) for (const listener of listeners) listener();
      },
    },
  });
  let former = session.state;
  let token: string | undefined;
  session.subscribe(() => {
    const isAnother = former !== 'restoring' && former !== session.state;
    former = session.state;
    if (isAnother) client.terminate();
    else renew().catch(() => undefined);
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
