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

/** Any schema will do: operations are neither validated nor executed. */
const SCHEMA = buildSchema('type Query { a: Int } type Subscription { seatMapChanged(showId: ID!): Int }');

/**
 * graphql-ws as it comes, on `/graphql`: whoever subscribes to anything is sent every event.
 *
 * `POST /publish` with `{"version":…}` sends the event of that version. Nothing is executed: the events are results
 * already, so that this is as fast as a graphql-ws server can be.
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
