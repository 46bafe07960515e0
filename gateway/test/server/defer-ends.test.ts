import { EventEmitter, once } from 'node:events';
import { get } from 'node:http';
import { openLog } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import type { GatewayOptions } from '../../src/gateway-options.ts';
import { disconnection } from '../../src/subscriptions/stream-head.ts';
import { allParts, partsOf, post, SEATS, waitingTheatre } from './deferred.ts';
import { startGateway } from './gateway-under-test.ts';

interface Line {
  readonly msg: string;
}

/** A gateway with the lines of its log. */
async function logged(options: Partial<GatewayOptions> = {}) {
  const lines: Line[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
  const log = openLog({ service: 'gateway', level: 'debug', destination });
  const under = await startGateway({ ...options, log });
  return { ...under, lines, served: () => lines.filter(({ msg }) => msg === 'served') };
}

test('the response is recorded as one operation, with its cost in the last part', async () => {
  const under = await logged();
  const [first, second] = await allParts(under, SEATS, { body: { extensions: { cost: true } } });
  expect(first).not.toHaveProperty('extensions');
  expect(second).toMatchObject({ extensions: { cost: { estimated: 40, actual: 2, max: 10_000 } } });
  await eventually(() => expect(under.served()).toHaveLength(1));
  expect(under.served()).toMatchObject([{ operation: 'Seats', status: 200, transport: 'http' }]);
});

test('a failure between two parts is logged and ends the response', async () => {
  const random = () => {
    throw new Error('the cost cannot be recorded');
  };
  const under = await logged({ random });
  const response = await post(under, SEATS);
  await expect(response.text()).rejects.toThrow('terminated');
  await eventually(() => expect(under.lines).toContainEqual(expect.objectContaining({ msg: 'an operation failed' })));
});

test('the signal of a client that disconnected earlier is aborted', async () => {
  const app = fastify();
  onTestFinished(() => app.close());
  const isAborted = new Promise((resolve) => {
    app.get('/', async (_request, reply) => {
      reply.hijack();
      client.destroy();
      await once(reply.raw, 'close');
      resolve(disconnection(reply).aborted);
    });
  });
  // An aborted fetch may keep its connection for seconds.
  const client = get(await app.listen({ port: 0 })).on('error', () => {});
  expect(await isAborted).toBe(true);
});

test('many fetches listen to the disconnection of one client without a warning', async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error): unknown => warnings.push(warning);
  process.on('warning', warn);
  onTestFinished(() => void process.off('warning', warn));
  const signal = disconnection({ raw: new EventEmitter() } as never);
  for (let n = 0; n < 20; n++) signal.addEventListener('abort', () => {});
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings).toEqual([]);
});

test('when the client disconnects, no further fetch begins', async () => {
  const backend = waitingTheatre();
  const under = await startGateway({}, backend);
  const abort = new AbortController();
  const query = 'query Left { shows { id ... @defer { available ... @defer { title } } } }';
  const parts = partsOf(await post(under, query, { signal: abort.signal }));
  await parts.next();
  abort.abort();
  const counted = /marquee_gateway_operations_total\{[^}]*\} 1/;
  await eventually(async () => expect(await under.gateway.metrics.metrics()).toMatch(counted));
  backend.open();
  // Its seats are counted after those of the other operation.
  expect((await under.ask('query After { shows { id available } }')).body.data).toBeDefined();
  const asked = backend.log.requests.map(({ subgraph, request }) => `${subgraph} ${request.operationName ?? ''}`);
  expect(asked.filter((each) => /catalog Left/.test(each))).toHaveLength(1);
});
