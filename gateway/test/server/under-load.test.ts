import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '@marquee/testkit';
import { execute, parse } from 'graphql';
import { expect, onTestFinished, test } from 'vitest';
import { httpTransport } from '../../src/transports/http.ts';
import { inProcessTransport } from '../../src/transports/in-process.ts';
import { type GatewayUnderTest, type Reply, startGateway } from './gateway-under-test.ts';
import { type Theatre, theatre } from './theatre.ts';

const QUERY = '{ shows { id title available } }';

/** Clients that send queries in a loop until stopped. */
function load({ ask }: GatewayUnderTest, clients = 8) {
  const replies: Reply[] = [];
  const over = new AbortController();
  const client = async () => {
    while (!over.signal.aborted) replies.push(await ask(QUERY));
  };
  const running = Array.from({ length: clients }, client);
  onTestFinished(() => over.abort());
  return {
    replies,
    stop: async () => {
      over.abort();
      await Promise.all(running);
    },
  };
}

test('a supergraph swap under load fails no request', async () => {
  const under = await startGateway({ settings: { rateLimits: false } });
  const { replies, stop } = load(under);
  for (const field of ['first', 'second', 'third']) {
    const before = replies.length;
    await eventually(() => expect(replies.length).toBeGreaterThan(before + 20));
    await under.gateway.engine.load(theatre(`extend type Query { ${field}: Int }`).sdl);
    expect((await under.ask(`{ __type(name: "Query") { fields { name } } }`)).text).toContain(`"${field}"`);
  }
  await stop();
  expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
});

test('a subgraph killed under load: only its fields are null, the circuit opens, and closes after the restart', async () => {
  const backend = theatre();
  let server = await serve(backend);
  const { port } = server.address() as AddressInfo;
  const under = await startGateway({
    supergraph: { sdl: backend.sdl },
    transportFor: (name) =>
      name === 'booking'
        ? httpTransport(name, { url: `http://127.0.0.1:${port}/` })
        : inProcessTransport(backend.subgraphs[name] as never),
    settings: {
      rateLimits: false,
      guards: { circuitBreaker: { minRequests: 5, probeAfterMs: 50 }, retry: { baseDelayMs: 1 } },
    },
  });
  const { replies, stop } = load(under);
  await eventually(() => expect(replies.length).toBeGreaterThan(20));
  expect(replies.every(({ body }) => !body.errors)).toBe(true);

  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await eventually(async () => expect(await circuit(under)).toBeGreaterThan(0));
  const down = await under.ask(QUERY);
  expect(down.status).toBe(200);
  expect(down.body).toMatchObject({
    data: {
      shows: [
        { title: 'Hamlet', available: null },
        { title: 'Faust', available: null },
      ],
    },
    errors: [
      { path: ['shows', 0], extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'booking' } },
      { path: ['shows', 1], extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'booking' } },
    ],
  });

  server = await serve(backend, port);
  await eventually(async () => expect((await under.ask(QUERY)).body.errors).toBeUndefined());
  expect(await circuit(under)).toBe(0);
  await stop();
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
});

async function serve(backend: Theatre, port = 0) {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', async () => {
      const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
      const schema = backend.schemas['booking'];
      if (!schema) throw new Error('no booking');
      response.end(JSON.stringify(await execute({ schema, document: parse(query), variableValues: variables })));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return server;
}

async function circuit({ gateway }: GatewayUnderTest): Promise<number> {
  const body = await gateway.metrics.metrics();
  return Number(/circuit_state\{subgraph="booking"\} (\d)/.exec(body)?.[1]);
}
