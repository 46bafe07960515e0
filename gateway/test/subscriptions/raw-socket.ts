import { eventually } from '@marquee/testkit';
import { expect, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

/** An acknowledged graphql-transport-ws connection without a client library; terminated after the test. */
export async function rawSocket({ socketUrl }: { readonly socketUrl: string }, payload: object = {}) {
  const socket = new WebSocket(socketUrl, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  const messages: Record<string, unknown>[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data)) as Record<string, unknown>));
  let pings = 0;
  socket.on('ping', () => pings++);
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve) => socket.on('open', resolve));
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  await eventually(() => expect(messages.length).toBeGreaterThan(0));
  return {
    messages,
    closed,
    pings: () => pings,
    send: (message: object) => socket.send(JSON.stringify(message)),
    /** Stops reading, so that it does not notice a close either. */
    pause: () => socket.pause(),
  };
}
