import { parametersOf } from '../src/booking/recorded-statements.ts';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { compareAnswers } from '../src/gateway/answers.ts';
import { median } from '../src/gateway/measure.ts';
import type { Contender } from '../src/gateway/setup.ts';
import { targetsOf } from '../src/gateway/targets.ts';
import { workloadNamed } from '../src/gateway/workloads.ts';
import { httpLoad } from '../src/load/http-load.ts';

const SMALL = workloadNamed('small');
const RIGHT = '{"data":{"a":1,"b":2}}';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

async function contenders(answers: Readonly<Record<string, string>>): Promise<Contender[]> {
  return Promise.all(
    Object.entries(answers).map(async ([name, text]) => {
      const url = await serve((_request, response) => response.end(text));
      return { name, url } as Contender;
    }),
  );
}

test('responses may differ in white space and the order of keys, which is reported', async () => {
  const { alike, bytes } = await compareAnswers(
    await contenders({ one: RIGHT, two: `${RIGHT}\n`, three: '{"data":{"b":2,"a":1}}' }),
    SMALL,
    '',
  );
  expect(alike).toEqual(['three']);
  expect(bytes).toEqual({ one: 22, two: 23, three: 22 });
});

test.each([
  ['another value', '{"data":{"a":1,"b":3}}'],
  ['errors beside the data', '{"data":{"a":1,"b":2},"errors":[]}'],
  ['a list in another order', '{"data":{"a":1,"b":[2]}}'],
])('nothing is timed when a gateway answers with %s', async (_what, answer) => {
  await expect(compareAnswers(await contenders({ one: RIGHT, two: answer }), SMALL, '')).rejects.toThrow('two answers');
});

test('nothing is measured when no gateway answers', async () => {
  const failing = await contenders({ one: '{"errors":[]}', two: '{"errors":[]}' });
  await expect(compareAnswers(failing, SMALL, '')).rejects.toThrow('is not answered');
});

test('the median of an even number of rounds lies between the two in the middle', () => {
  expect([median([9, 1, 5]), median([4, 1, 9, 2])]).toEqual([5, 3]);
});

const load = (url: string, rest: Partial<Parameters<typeof httpLoad>[0]> = {}) =>
  httpLoad({
    url,
    workload: 'small',
    authorizations: ['Bearer a'],
    seconds: 0.5,
    connections: 1,
    firstRequest: 0,
    answerBytes: RIGHT.length,
    ...rest,
  });

test('at a fixed rate, a request’s latency includes waiting for an earlier one', async () => {
  let isFirst = true;
  const url = await serve((_request, response) => {
    const delay = isFirst ? 300 : 0;
    isFirst = false;
    setTimeout(() => response.end(RIGHT), delay);
  });
  const { requests, failures, p50, max } = await load(url, { rate: 100 });
  expect({ requests, failures }).toEqual({ requests: 50, failures: 0 });
  expect(max).toBeGreaterThanOrEqual(299);
  // Those that were due during the 300 ms waited too: more than half of them all.
  expect(p50).toBeGreaterThan(20);
});

test('an answer that is wrong counts as a failure, not as a request', async () => {
  const url = await serve((request, response) => {
    response.statusCode = request.headers.authorization === 'Bearer bad' ? 500 : 200;
    response.end(RIGHT);
  });
  expect(await load(url, { authorizations: ['Bearer bad'] })).toMatchObject({ requests: 0 });
  const shorter = await load(url, { answerBytes: RIGHT.length + 1 });
  expect(shorter.requests).toBe(0);
  expect(shorter.failures).toBeGreaterThan(0);
});

const measured = (throughput: number, p99: number) => ({
  throughput,
  throughputs: [throughput],
  perProcessorSecond: throughput,
  busy: 1,
  fetchesPerRequest: 1,
  p50: 1,
  p99,
  memory: 1,
});

test('targets hold the gateway against stock, against the fastest peer, and against the least latency and memory', () => {
  const gateways = { stock: measured(8, 9), hive: measured(40, 5), marquee: measured(81, 5) };
  const workload = { workload: 'test-query', answerBytes: 1, alike: [], equalLoadRate: 1, gateways };
  const targets = targetsOf({ workloads: [workload], memory: { stock: 200, hive: 150, marquee: 150 } });
  expect(targets.map(({ figure, bound, isMet }) => [figure, bound, isMet])).toEqual([
    [81 / 8, 10, true],
    [81 / 40, 3, false],
    [5, 5, true],
    [150, 150, false],
  ]);
});

test("parameters are read back from Postgres's log, with quotes and nulls", () => {
  expect(parametersOf(`Parameters: $1 = 'it''s, $2 = ''x''', $2 = NULL, $3 = '{a,"b c"}', $4 = ''`)).toEqual([
    "it's, $2 = 'x'",
    null,
    '{a,"b c"}',
    '',
  ]);
  expect(parametersOf('')).toEqual([]);
});
