import { ERROR_CODES, maskError } from '@marquee/errors';
import type { Log } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import type { GraphQLFormattedError } from 'graphql';
import { expect, test } from 'vitest';
import { RequestRejectedError } from '../../src/operation/operation-request.ts';
import { ClientErrors } from '../../src/pipeline/client-errors.ts';
import { DEFAULT_LIMITS } from '../../src/protection/limits.ts';
import { inProcessTransport } from '../../src/transports/in-process.ts';
import { collect, type GatewayUnderTest, send, startGateway } from './gateway-under-test.ts';
import { theatre } from './theatre.ts';

interface Asked {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

type Errors = readonly GraphQLFormattedError[] | undefined;

const post = (body: object, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

const errorsIn = (text: string): Errors => (JSON.parse(text) as { errors?: GraphQLFormattedError[] }).errors;

/** Sends an operation over each transport and returns its errors. */
const TRANSPORTS: Readonly<Record<string, (under: GatewayUnderTest, asked: Asked) => Promise<Errors>>> = {
  HTTP: async ({ url }, asked) => errorsIn((await send(url, post(asked))).text),
  'HTTP, a second time': async ({ url }, asked) => {
    await send(url, post({ ...asked, variables: { ms: 1 } }));
    return errorsIn((await send(url, post(asked))).text);
  },
  'an event stream': async ({ url }, asked) => {
    const { text } = await send(url, post(asked, { accept: 'text/event-stream' }));
    return errorsIn(/data: (.+)/.exec(text)?.[1] ?? '{}');
  },
  'a response in parts': async ({ url }, asked) => {
    const { text } = await send(url, post(asked, { accept: 'multipart/mixed;deferSpec=20220824, application/json' }));
    return errorsIn(/\{.*\}/.exec(text)?.[0] ?? '{}');
  },
  'a socket': async (under, { query, variables }) => {
    const answer = collect(under.client(), query, variables);
    await eventually(() => expect(answer.end).toBeDefined());
    return (answer.end?.error ?? answer.events[0]?.['errors']) as Errors;
  },
};

const REFUSED: [what: string, code: string, asked: Asked, locations: object[]][] = [
  ['that does not parse', 'GRAPHQL_PARSE_FAILED', { query: '{\n  shows {' }, [{ line: 2, column: 10 }]],
  ['that does not validate', 'GRAPHQL_VALIDATION_FAILED', { query: '{\n  nothing\n}' }, [{ line: 2, column: 3 }]],
  [
    'whose variable is wrong',
    'BAD_USER_INPUT',
    { query: 'query ($ms: Int!) { slow(ms: $ms) }', variables: { ms: 'long' } },
    [{ line: 1, column: 8 }],
  ],
  [
    'whose fragment spreads itself',
    'GRAPHQL_VALIDATION_FAILED',
    { query: '{ shows { ...S } } fragment S on Show { id ...S }' },
    [{ line: 1, column: 44 }],
  ],
];

test.each(Object.keys(TRANSPORTS).flatMap((transport) => REFUSED.map((each) => [transport, ...each] as const)))(
  'over %s, the error of an operation %s has its location',
  async (transport, _what, code, asked, locations) => {
    const errors = await TRANSPORTS[transport]?.(await startGateway(), asked);
    expect(errors).toMatchObject([{ locations, extensions: { code } }]);
  },
);

test.each(
  Object.keys(TRANSPORTS).flatMap((transport) =>
    ['fragment F on Show { id }', '{ shows { id } } { mine { id } }'].map((query) => [transport, query] as const),
  ),
)('over %s, the document %s does not say which operation is meant', async (transport, query) => {
  const errors = await TRANSPORTS[transport]?.(await startGateway(), { query });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('the cause of an error that hides it is logged under the trace id that the client is given', () => {
  const logged: unknown[] = [];
  const log = { error: (fields: object) => logged.push(fields) };
  const errors = new ClientErrors({ limits: DEFAULT_LIMITS, suggestions: true, log: log as unknown as Log });
  const cause = new Error('the planner is at a loss');
  const trace = { traceId: 'trace-1' };
  const shown = errors.reject(new RequestRejectedError([maskError(cause)], { cause }), { trace, codes: [] } as never);
  expect(shown).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR', traceId: 'trace-1' } }]);
  expect(logged).toEqual([{ err: cause, traceId: 'trace-1' }]);
});

test('a rejected introspection query has a location', async () => {
  const { ask } = await startGateway({ settings: { production: true } });
  const errors = errorsIn((await ask('{ shows { id } __schema { types { name } } }')).text);
  expect(errors).toMatchObject([{ locations: [{ line: 1, column: 16 }] }]);
});

test('an error of a subgraph has no locations', async () => {
  const { ask } = await startGateway();
  const errors = errorsIn((await ask('{ broken }')).text);
  expect(errors?.[0]).not.toHaveProperty('locations');
});

test('a subgraph’s SUBGRAPH_UNAVAILABLE is passed on unchanged', async () => {
  const backend = theatre();
  const error = {
    message: 'Try again in a moment.',
    path: ['broken'],
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'venues' },
  };
  const { ask } = await startGateway(
    {
      transportFor: (name) => ({
        ...inProcessTransport(backend.subgraphs[name] as never),
        execute: async () => ({ data: { broken: null }, errors: [error] }),
      }),
    },
    backend,
  );
  expect((await ask('{ broken }')).body).toEqual({ data: { broken: null }, errors: [error] });
});

test('a coded error keeps its message; a masked one has that of the error table', async () => {
  const { ask } = await startGateway();
  const { status, body } = await ask('{ broken }');
  expect(status).toBe(200);
  expect(body.errors).toEqual([
    {
      message: ERROR_CODES.INTERNAL_SERVER_ERROR.message,
      path: ['broken'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) },
    },
  ]);
});
