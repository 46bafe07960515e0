import { createServer, type IncomingMessage, type Server } from 'node:http';
import { on } from 'node:events';
import { EventEmitter } from 'node:events';
import { buildSchema, type ExecutionResult } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

export interface EventServer {
  readonly server: Server;
  /** Live subscriptions. */
  subscriptions(): number;
}

/** An arbitrary schema: operations are neither validated nor executed. */
const SCHEMA = buildSchema('type Query { a: Int } type Subscription { seatMapChanged(showId: ID!): Int }');

/**
 * Plain graphql-ws on `/graphql`: every subscriber gets every event.
 *
 * `POST /publish` with `{"version":…}` sends the event of that version. Nothing is executed, because events are
 * ready-made results: graphql-ws cannot be faster.
 */
export function eventServer(eventOf: (version: number) => Record<string, unknown>): EventServer {
  const emitter = new EventEmitter().setMaxListeners(0);
  const server = createServer(async (request, response) => {
    const { version } = JSON.parse(await bodyOf(request)) as { version: number };
    emitter.emit('event', { data: eventOf(version) } satisfies ExecutionResult);
    response.end('{}');
  });
  useServer(
    { schema: SCHEMA, validate: () => [], subscribe: () => results(emitter) as never },
    new WebSocketServer({ server, path: '/graphql' }),
  );
  return { server, subscriptions: () => emitter.listenerCount('event') };
}

async function* results(emitter: EventEmitter): AsyncGenerator<ExecutionResult> {
  for await (const [result] of on(emitter, 'event')) yield result as ExecutionResult;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
