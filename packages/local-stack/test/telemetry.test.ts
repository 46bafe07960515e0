import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { buildCatalog } from '@marquee/catalog';
import { createGateway, httpTransport } from '@marquee/gateway';
import { openLog } from '@marquee/telemetry';
import { eventually, recordTraces, testDatabase, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Marketplace, newKey, openMarketplace } from './marketplace.ts';
import { query } from './server-process.ts';

const SEATS = 'subscription Seats($id: ID!) { seatMapChanged(showId: $id) { version show { title { name } } } }';
const HOLD = `mutation Hold($input: HoldSeatsInput!) { holdSeats(input: $input) { __typename } }`;
const CITIES = 'query Cities { cities(first: 1) { edges { node { id name } } } }';

const traces = recordTraces();
const lines: string[] = [];
let marketplace: Marketplace;

beforeAll(async () => {
  const log = { write: (line: string) => void lines.push(line) };
  marketplace = await openMarketplace({ telemetry: traces.telemetry, log });
}, 120_000);
afterAll(() => marketplace.stop());

/** A trace of the test's own, as a client begins it. */
let count = 0;
function newTrace() {
  const traceId = String(++count).padStart(32, '0');
  return { traceId, traceparent: `00-${traceId}-${'b'.repeat(16)}-01` };
}

async function post(endpoint: string, body: object, headers: Record<string, string>): Promise<string> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return response.text();
}

test('a query is one trace from the request over the fetch and the subgraph to its SQL', async () => {
  const { traceId, traceparent } = newTrace();
  await post(marketplace.endpoint, { query: CITIES }, { traceparent });
  await eventually(async () => expect(await traces.outline(traceId)).toEqual(TREE));
});

const TREE = [
  'gateway: POST /graphql',
  '  gateway: query',
  '    gateway: fetch catalog',
  '      catalog: query',
  '        catalog: SELECT',
];
