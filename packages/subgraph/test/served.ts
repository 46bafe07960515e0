import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { testRedis, type TestServiceKeys, testServiceKeys } from '@marquee/testkit';
import { type Log, openLog } from '@marquee/telemetry';
import { createClient, type Client } from 'graphql-ws';
import { Redis } from 'ioredis';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Counter, Registry } from 'prom-client';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import { badInput } from '@marquee/errors';
import {
  createSubgraph,
  everyone,
  type Permissions,
  type RequestContext,
  service,
  signedIn,
  type Subgraph,
} from '../src/index.ts';
import { protectedSchema } from '../src/protected-schema.ts';
import { type ServedSubgraph, serveSubgraph } from '../src/server/index.ts';

const SDL = `
type Query { me: String! origin: String! at: DateTime! broken: String wrong: String slow(ms: Int!): String inner: String! text(of: String!): String!
  listed(ids: [ID!] @constraint(maxItems: 2), code: String @constraint(maxLength: 6) @secret, any: Anything): Int }
scalar Anything
type Thing @key(fields: "id") { id: ID! }
type Subscription { ticks(of: String @constraint(maxLength: 3)): Int! endless: Int! }
`;

const resolvers = {
  Query: {
    me: (_: unknown, _args: unknown, { caller }: RequestContext) =>
      caller.kind === 'user' ? caller.userId : caller.kind === 'service' ? `service ${caller.name}` : 'nobody',
    origin: (_: unknown, _args: unknown, { device, traceId }: RequestContext) =>
      [device.address, device.userAgent, traceId].join(' '),
    at: () => new Date('2027-01-31T18:30:00Z'),
    broken: () => {
      throw new TypeError('password=hunter2');
    },
    wrong: () => {
      throw badInput('wrong', 'That is wrong.');
    },
    slow: (_: unknown, { ms }: { ms: number }) => new Promise((resolve) => setTimeout(() => resolve('done'), ms)),
    inner: () => 'between subgraphs',
    text: (_: unknown, { of }: { of: string }) => of,
    listed: (_: unknown, { ids }: { ids?: string[] }) => ids?.length,
  },
  Subscription: {
    ticks: {
      subscribe: async function* () {
        yield 1;
        yield 2;
      },
      resolve: (tick: number) => tick * 10,
    },
    endless: { subscribe: () => endless, resolve: () => 1 },
  },
};

/** A stream without events that knows whether it has a listener. */
const endless = {
  isOpen: false,
  next: () => {
    endless.isOpen = true;
    return new Promise<IteratorResult<unknown>>(() => {});
  },
  return: async () => {
    endless.isOpen = false;
    return { done: true as const, value: undefined };
  },
  [Symbol.asyncIterator]: () => endless,
};

export interface Served extends ServedSubgraph {
  readonly subgraph: Subgraph;
  readonly redis: Redis;
  readonly namespace: string;
  readonly origin: string;
  readonly isListenedTo: () => boolean;
  /** The security events so far. */
  readonly events: () => Record<string, unknown>[];
  /** The keys of the services that may call it. */
  readonly services: TestServiceKeys;
  /** An Authorization header; with `forged`, signed by another key. */
  token(claims?: { userId?: string; sessionId?: string; expiresIn?: number; forged?: boolean }): Promise<string>;
  ask(body: unknown, headers?: Record<string, string>): Promise<{ status: number; text: string }>;
  socket(authorization?: string, connectionParams?: Record<string, string>): Client;
}

/** A small subgraph on a free port, stopped with the test. */
export async function serve(): Promise<Served> {
  const { url: redisUrl, namespace } = testRedis();
  const redis = new Redis(redisUrl);
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const log = openLog({ service: 'sample', level: 'warn', destination: { write } });
  const subgraph = sample(log);
  const services = testServiceKeys();
  const [ours, theirs] = await Promise.all([newKey(), newKey()]);
  const jwk = { ...(await exportJWK(ours.publicKey)), kid: 'k1', alg: 'EdDSA', use: 'sig' };
  const metrics = new Registry();
  new Counter({ name: 'sample_total', help: 'A sample', registers: [metrics] }).inc();
  const served = await serveSubgraph(subgraph, {
    ...{ port: 0, redis, namespace, metrics, serviceKeys: services.keys },
    metricsAddress: { host: '127.0.0.1', port: 0 },
    tokens: { jwks: () => ({ keys: [jwk] }) },
    log,
    maxBodyBytes: 100_000,
    drainMs: 5_000,
  });
  onTestFinished(async () => {
    await served.stop();
    redis.disconnect();
  });
  return {
    ...served,
    ...{ subgraph, redis, namespace, services },
    origin: new URL(served.url).origin,
    isListenedTo: () => endless.isOpen,
    events: () => lines.filter(({ security }) => security !== undefined),
    token: async ({ userId = 'usr_1', sessionId = 'ses_1', expiresIn = 600, forged = false } = {}) => {
      const at = Math.floor(Date.now() / 1000);
      const token = new SignJWT({ sid: sessionId, roles: [], scope: '' }).setProtectedHeader({
        alg: 'EdDSA',
        kid: 'k1',
      });
      token
        .setSubject(userId)
        .setIssuer('marquee')
        .setAudience('marquee-api')
        .setExpirationTime(at + expiresIn);
      return `Bearer ${await token.sign((forged ? theirs : ours).privateKey)}`;
    },
    ask: async (body, headers = {}) => {
      const response = await fetch(served.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: response.status, text: await response.text() };
    },
    socket: (authorization, connectionParams = {}) => {
      const client = createClient({
        url: served.url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { ...(authorization !== undefined && { Authorization: authorization }), ...connectionParams },
      });
      onTestFinished(() => void client.dispose());
      return client;
    },
  };
}

function newKey() {
  return generateKeyPair('EdDSA', { crv: 'Ed25519' });
}

const PERMISSIONS: Permissions = {
  Query: {
    me: everyone,
    origin: everyone,
    at: everyone,
    broken: everyone,
    wrong: everyone,
    slow: everyone,
    text: everyone,
    inner: service('payments'),
    listed: everyone,
  },
  Subscription: { ticks: signedIn, endless: everyone },
};

function sample(log: Log): Subgraph {
  const file = join(mkdtempSync(join(tmpdir(), 'sdl-')), 'schema.graphql');
  writeFileSync(file, SDL);
  return createSubgraph({
    name: 'sample',
    schema: protectedSchema({ schemaFile: pathToFileURL(file), resolvers, permissions: PERMISSIONS }),
    context: (request) => request,
    routes: (app) => {
      app.get('/beside', async () => 'beside');
      app.get('/pages/sample/address', async ({ ip }) => ip);
    },
    ready: async () => undefined,
    close: async () => undefined,
    log,
  });
}
