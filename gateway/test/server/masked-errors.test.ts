import type { Log } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import { afterEach, expect, test, vi } from 'vitest';
import { OperationPipeline } from '../../src/pipeline/operation-pipeline.ts';
import { inProcessTransport } from '../../src/transports/in-process.ts';
import { collect, type GatewayUnderTest, send, startGateway } from './gateway-under-test.ts';
import { theatre } from './theatre.ts';

const CAUSE = 'cannot read password of undefined';

interface MaskedError {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly traceId: string };
}

interface Line {
  readonly traceId?: string;
  readonly err?: unknown;
}

/** The log's lines of the level error. */
function openLog() {
  const lines: Line[] = [];
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: (line: Line) => void lines.push(line) };
  return { lines, log: log as unknown as Log };
}

const post = (body: unknown, accept = 'application/json') => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', accept },
  body: JSON.stringify(body),
});

type Ask = (under: GatewayUnderTest, query: string) => Promise<readonly MaskedError[] | undefined>;

const errorsIn = (text: string) => (JSON.parse(text) as { errors?: MaskedError[] }).errors;

const TRANSPORTS: Readonly<Record<string, Ask>> = {
  HTTP: async ({ url }, query) => errorsIn((await send(url, post({ query }))).text),
  'HTTP, compiled before': async ({ url, gateway }, query) => {
    await gateway.engine.current().prepare({ query }, { kind: 'anonymous' });
    return errorsIn((await send(url, post({ query }))).text);
  },
  'a batch': async ({ url }, query) => {
    const { text } = await send(url, post([{ query }]));
    return [JSON.parse(text) as { errors?: MaskedError[] }].flat()[0]?.errors;
  },
  'a response in parts': async ({ url }, query) => {
    const deferred = query.replace('{', '{ __typename ... @defer { __typename }');
    const { text } = await send(url, post({ query: deferred }, 'multipart/mixed;deferSpec=20220824, application/json'));
    return errorsIn(/^\{.*\}$/m.exec(text)?.[0] ?? text);
  },
  'an event stream': async ({ url }, query) => {
    const { text } = await send(url, post({ query }, 'text/event-stream'));
    return errorsIn(/^data: (\{.*)$/m.exec(text)?.[1] ?? text);
  },
  'a socket': async (under, query) => {
    const answer = collect(under.client(), query);
    await eventually(() => expect(answer.end).toBeDefined());
    return (answer.end?.error ?? answer.events[0]?.['errors']) as MaskedError[];
  },
};

const fail = () => {
  throw new TypeError(CAUSE);
};

/** Breaks the gateway or a subgraph. */
const FAILURES: Readonly<Record<string, { query: string; breakIt?: (under: GatewayUnderTest) => void }>> = {
  'a resolver of a subgraph that logs nothing': { query: '{ broken }' },
  'a check': {
    query: '{ shows { id } }',
    breakIt: () => void vi.spyOn(OperationPipeline.prototype, 'check').mockImplementation(fail),
  },
  'preparing the operation': {
    query: '{ shows { id } }',
    breakIt: () => void vi.spyOn(OperationPipeline.prototype, 'prepare').mockImplementation(fail),
  },
};

afterEach(() => void vi.restoreAllMocks());

const TABLE = Object.keys(TRANSPORTS).flatMap((transport) => Object.keys(FAILURES).map((what) => [transport, what]));

test.each(TABLE)(
  'over %s, a failure of %s is logged once, with its cause and the client’s trace id',
  async (transport, what) => {
    const { lines, log } = openLog();
    const under = await startGateway({ log });
    const { query, breakIt } = FAILURES[what ?? ''] ?? { query: '' };
    breakIt?.(under);
    const errors = await TRANSPORTS[transport ?? '']?.(under, query);
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(JSON.stringify(errors)).not.toContain(CAUSE);
    expect(lines).toMatchObject([{ traceId: errors?.[0]?.extensions.traceId, err: { message: CAUSE } }]);
  },
);

test.each(['HTTP', 'a batch'])(
  'over %s, a failure after execution is logged once, with its cause',
  async (transport) => {
    const { lines, log } = openLog();
    const under = await startGateway({ log });
    vi.spyOn(OperationPipeline.prototype, 'record').mockImplementation(fail);
    const errors = await TRANSPORTS[transport]?.(under, '{ shows { id } }');
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(lines).toMatchObject([{ traceId: errors?.[0]?.extensions.traceId, err: { message: CAUSE } }]);
  },
);

test('what a subgraph has logged under the same trace is not logged again, and anything else is', async () => {
  const { lines, log } = openLog();
  const backend = theatre();
  const sent: { traceId?: string } = {};
  const under = await startGateway(
    {
      log,
      transportFor: (name) => ({
        ...inProcessTransport(backend.subgraphs[name] as never),
        execute: async (_request, { trace }) => ({
          data: { broken: null },
          errors: [
            {
              message: 'x',
              path: ['broken'],
              extensions: { code: 'INTERNAL_SERVER_ERROR', traceId: sent.traceId ?? trace.traceId },
            },
          ],
        }),
      }),
    },
    backend,
  );
  const traceId = async () => (await under.ask('{ broken }')).body.errors?.[0]?.extensions['traceId'];
  expect(await traceId()).toMatch(/^[0-9a-f]{32}$/);
  expect(lines).toEqual([]);
  sent.traceId = 'f'.repeat(32);
  expect(lines).toEqual([expect.objectContaining({ traceId: await traceId() })]);
});
