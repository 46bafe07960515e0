import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** About what a push service on the internet takes to answer. */
const ANSWER_MS = 20;

/** A push service that takes everything, but from endpoints of which it never answers. */
export interface PushService {
  readonly origin: string;
  /** When the first message for each person arrived and was answered, by `performance.now()`. */
  readonly arrivals: ReadonlyMap<string, number>;
  stop(): void;
}

/** Endpoints are `<origin>/<person>`. @param silent people whose messages are read and never answered */
export async function startPushService(silent: ReadonlySet<string>): Promise<PushService> {
  const arrivals = new Map<string, number>();
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const person = (request.url ?? '').slice(1);
      if (silent.has(person)) return;
      if (!arrivals.has(person)) arrivals.set(person, performance.now());
      setTimeout(() => response.writeHead(201).end(), ANSWER_MS);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, arrivals, stop: () => void server.close().closeAllConnections() };
}
