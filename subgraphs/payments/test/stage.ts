import { connect } from '@marquee/database';
import { type DomainEvent, type EventType, newEvent, type PayloadOf, redisStreamsLog } from '@marquee/events';
import { PrismaClient } from '@marquee/prisma-payments';
import { buildSandboxProvider, type SandboxProvider } from '@marquee/sandbox-provider';
import { newCityId, newId, type ServiceCalls, type Subgraph, type UserCaller } from '@marquee/subgraph';
import { openLog } from '@marquee/telemetry';
import { countStatements, eventually, testDatabase, testRedis } from '@marquee/testkit';
import fastify from 'fastify';
import { Redis } from 'ioredis';
import { afterAll, expect } from 'vitest';

import { buildPayments, type PaymentProvider, type PaymentsDeps, sandboxPayments } from '../src/index.ts';
import type { Money } from '../src/domain/money.ts';

const API_KEY = 'sk_test_payments';
export const WEBHOOK_SECRET = 'whsec_test_payments';
const log = openLog({ service: 'payments', level: 'silent' });

/** What booking would answer when asked; null fields are left to the events. */
export type AskedBookings = Map<string, object>;

export interface StageOptions {
  /** Whether the sandbox's webhooks reach the subgraph; they do when not given. */
  readonly webhooks?: boolean;
  /** Stands between the subgraph and the sandbox. */
  readonly through?: (provider: PaymentProvider) => PaymentProvider;
}

/** The payments subgraph on databases of its own, before a real sandbox provider reached over HTTP. */
export async function paymentsStage({ webhooks = true, through }: StageOptions = {}) {
  const { url: redisUrl, namespace } = testRedis();
  const redis = new Redis(redisUrl);
  const databaseUrl = (await testDatabase('payments')).url;
  const database = connect(PrismaClient, { url: databaseUrl });
  const bookingLog = redisStreamsLog({ redis, namespace });
  const asked: AskedBookings = new Map();
  const calls = callsTo(asked);
  const door = webhookDoor();
  const doorUrl = await door.app.listen({ host: '127.0.0.1', port: 0 });
  const webhookUrl = `${doorUrl}/webhooks/payments/sandbox`;
  const sandbox = buildSandboxProvider({
    databaseUrl: (await testDatabase('sandbox-provider')).url,
    apiKey: API_KEY,
    webhook: { url: webhooks ? webhookUrl : `${doorUrl}/nobody`, secret: WEBHOOK_SECRET },
    log,
    timings: { pollMs: 20, webhookRetryMs: 50, lateByMs: 50, withholdMs: 5_000 },
  });
  await sandbox.listen();

  const statements = countStatements();
  const instances = new Set<Subgraph>();
  /** Another process of the subgraph, so to say. Started unless asked not to. */
  const instance = async (more: Partial<PaymentsDeps> = {}, start = true): Promise<Subgraph> => {
    const provider = providerOf(sandbox);
    const deps = { databaseUrl, redis, namespace, log, calls, provider, onStatement: statements.onStatement, ...more };
    const subgraph = buildPayments(deps);
    instances.add(subgraph);
    if (start) await subgraph.start();
    return subgraph;
  };
  const end = async (subgraph: Subgraph): Promise<void> => {
    instances.delete(subgraph);
    await subgraph.stop();
  };
  const provider = providerOf(sandbox);
  const payments = await instance({ provider: through ? through(provider) : provider });
  door.open(payments);

  afterAll(async () => {
    await sandbox.stop();
    await door.app.close();
    await Promise.all([...instances].map(end));
    await bookingLog.close();
    await database.$disconnect();
    redis.disconnect();
  });

  /** Lets booking tell something, and waits until nothing of it is left to handle. */
  async function tell<T extends EventType>(type: T, key: string, payload: PayloadOf<T>): Promise<void> {
    const event = { ...newEvent(type, key, payload), occurredAt: new Date().toISOString() } as DomainEvent;
    await bookingLog.append('booking', [event], []);
    await soon(async () => {
      const handled = await database.inboxEvent.count({ where: { eventId: event.id } });
      expect(handled).toBe(1);
    });
  }

  /** A booking that waits for its payment, as booking tells it. */
  async function requestedBooking({
    customerId = newId('usr'),
    amount = 2_400,
    currency = 'EUR',
    inMs = 600_000,
  } = {}) {
    const bookingId = newCityId('lon', 'bkg');
    const total: Money = { amount, currency };
    const expiresAt = new Date(Date.now() + inMs).toISOString();
    await tell('booking.requested', bookingId, { bookingId, customerId, showId: 'lon_shw_1', total, expiresAt });
    return { bookingId, customerId, total, caller: customer(customerId) };
  }

  return {
    ...{
      payments,
      instance,
      end,
      database,
      databaseUrl,
      sandbox,
      statements,
      asked,
      tell,
      requestedBooking,
      webhookUrl,
    },
    ...{ redis, namespace, redisUrl },
  };
}

export type Stage = Awaited<ReturnType<typeof paymentsStage>>;

/** The adapter to a running sandbox, less patient than in earnest. */
export function providerOf(
  sandbox: SandboxProvider,
  { baseUrl = sandbox.url, timeoutMs = 1_500 } = {},
): PaymentProvider {
  return sandboxPayments({ baseUrl, apiKey: API_KEY, webhookSecret: WEBHOOK_SECRET, timeoutMs, breakMs: 200 });
}

/** Tries until the assertion holds, for as long as a loaded machine may need. */
export const soon = <T>(assertion: () => T | Promise<T>): Promise<T> => eventually(assertion, { timeoutMs: 12_000 });

export function customer(userId = newId('usr'), scopes: readonly string[] = []): UserCaller {
  const expiresAt = new Date('2100-01-01');
  return { kind: 'user', userId, sessionId: newId('ses'), roles: ['CUSTOMER'], scopes, expiresAt };
}

/** A server that is there before the subgraph whose routes it will serve. */
function webhookDoor() {
  const app = fastify();
  const inner = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_: unknown, body: unknown) => body);
  app.post('/*', async (request, reply) => {
    const { url, headers, body } = request;
    const answer = await inner.inject({ method: 'POST', url, headers, payload: String(body) });
    return reply.code(answer.statusCode).send(answer.body);
  });
  return { app, open: (subgraph: Subgraph) => subgraph.routes?.(inner) };
}

function callsTo(asked: AskedBookings): ServiceCalls {
  return {
    query: async <Data>(
      _subgraph: string,
      { variables }: { variables?: Readonly<Record<string, unknown>> | undefined },
    ) => ({ payableBooking: asked.get(String(variables?.['id'])) ?? null }) as Data,
  };
}
