import { connect } from '@marquee/database';
import { type DomainEvent, type EventType, newEvent, type PayloadOf, redisStreamsLog } from '@marquee/events';
import { PrismaClient } from '@marquee/prisma-payments';
import { buildSandboxProvider, type SandboxProvider } from '@marquee/sandbox-provider';
import { newCityId, newId, type ServiceCalls, type Subgraph, type UserCaller } from '@marquee/subgraph';
import { openLog } from '@marquee/telemetry';
import { countStatements, eventually as retry, testDatabase, testRedis } from '@marquee/testkit';
import fastify from 'fastify';
import { Redis } from 'ioredis';
import { afterAll, expect } from 'vitest';

import { buildPayments, type PaymentProvider, type PaymentsDeps, sandboxPayments } from '../src/index.ts';
import type { Money } from '../src/domain/money.ts';

const API_KEY = 'sk_test_payments';
export const WEBHOOK_SECRET = 'whsec_test_payments';
const log = openLog({ service: 'payments', level: 'silent' });

/** Bookings that the booking subgraph returns when asked. */
export type KnownBookings = Map<string, object>;

export interface HarnessOptions {
  /** Whether the sandbox's webhooks reach the subgraph; true by default. */
  readonly webhooks?: boolean;
  /** Wraps the provider that the subgraph uses. */
  readonly wrapProvider?: (provider: PaymentProvider) => PaymentProvider;
}

/** The payments subgraph on databases of its own, with a real sandbox provider over HTTP. */
export async function paymentsHarness({ webhooks = true, wrapProvider }: HarnessOptions = {}) {
  const { url: redisUrl, namespace } = testRedis();
  const redis = new Redis(redisUrl);
  const databaseUrl = (await testDatabase('payments')).url;
  const database = connect(PrismaClient, { url: databaseUrl });
  const bookingLog = redisStreamsLog({ redis, namespace });
  const knownBookings: KnownBookings = new Map();
  const calls = bookingCalls(knownBookings);
  const webhookServer = openWebhookServer();
  const serverUrl = await webhookServer.app.listen({ host: '127.0.0.1', port: 0 });
  const webhookUrl = `${serverUrl}/webhooks/payments/sandbox`;
  const sandbox = buildSandboxProvider({
    databaseUrl: (await testDatabase('sandbox-provider')).url,
    apiKey: API_KEY,
    webhook: { url: webhooks ? webhookUrl : `${serverUrl}/nobody`, secret: WEBHOOK_SECRET },
    log,
    timings: { pollMs: 20, webhookRetryMs: 50, lateByMs: 50, withholdMs: 5_000 },
  });
  await sandbox.listen();

  const statements = countStatements();
  const instances = new Set<Subgraph>();
  /** Another instance of the subgraph, as in a process of its own. */
  const openInstance = async (more: Partial<PaymentsDeps> = {}, start = true): Promise<Subgraph> => {
    const provider = providerOf(sandbox);
    const deps = { databaseUrl, redis, namespace, log, calls, provider, onStatement: statements.onStatement, ...more };
    const subgraph = buildPayments(deps);
    instances.add(subgraph);
    if (start) await subgraph.start();
    return subgraph;
  };
  const closeInstance = async (subgraph: Subgraph): Promise<void> => {
    instances.delete(subgraph);
    await subgraph.stop();
  };
  const provider = providerOf(sandbox);
  const payments = await openInstance({ provider: wrapProvider ? wrapProvider(provider) : provider });
  webhookServer.serve(payments);

  afterAll(async () => {
    await sandbox.stop();
    await webhookServer.app.close();
    await Promise.all([...instances].map(closeInstance));
    await bookingLog.close();
    await database.$disconnect();
    redis.disconnect();
  });

  /** Delivers an event of booking and waits until it is handled. */
  async function deliver<T extends EventType>(type: T, key: string, payload: PayloadOf<T>): Promise<void> {
    const event = { ...newEvent(type, key, payload), occurredAt: new Date().toISOString() } as DomainEvent;
    await bookingLog.append('booking', [event], []);
    await eventually(async () => {
      const handled = await database.inboxEvent.count({ where: { eventId: event.id } });
      expect(handled).toBe(1);
    });
  }

  /** A booking that awaits payment, delivered by event. */
  async function requestedBooking({
    customerId = newId('usr'),
    amount = 2_400,
    currency = 'EUR',
    inMs = 600_000,
  } = {}) {
    const bookingId = newCityId('lon', 'bkg');
    const total: Money = { amount, currency };
    const expiresAt = new Date(Date.now() + inMs).toISOString();
    await deliver('booking.requested', bookingId, { bookingId, customerId, showId: 'lon_shw_1', total, expiresAt });
    return { bookingId, customerId, total, caller: customer(customerId) };
  }

  return {
    ...{
      payments,
      openInstance,
      closeInstance,
      database,
      databaseUrl,
      sandbox,
      statements,
      knownBookings,
      deliver,
      requestedBooking,
      webhookUrl,
    },
    ...{ redis, namespace, redisUrl },
  };
}

export type Harness = Awaited<ReturnType<typeof paymentsHarness>>;

/** The adapter to a running sandbox, with shorter timeouts than in production. */
export function providerOf(
  sandbox: SandboxProvider,
  { baseUrl = sandbox.url, timeoutMs = 1_500 } = {},
): PaymentProvider {
  return sandboxPayments({ baseUrl, apiKey: API_KEY, webhookSecret: WEBHOOK_SECRET, timeoutMs, breakMs: 200 });
}

/** Retries until the assertion holds, with time for a loaded machine. */
export const eventually = <T>(assertion: () => T | Promise<T>): Promise<T> => retry(assertion, { timeoutMs: 12_000 });

export function customer(userId = newId('usr'), scopes: readonly string[] = []): UserCaller {
  const expiresAt = new Date('2100-01-01');
  return { kind: 'user', userId, sessionId: newId('ses'), roles: ['CUSTOMER'], scopes, expiresAt };
}

/** A server that listens before the subgraph exists whose routes it serves. */
function openWebhookServer() {
  const app = fastify();
  const inner = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_: unknown, body: unknown) => body);
  app.post('/*', async (request, reply) => {
    const { url, headers, body } = request;
    const answer = await inner.inject({ method: 'POST', url, headers, payload: String(body) });
    return reply.code(answer.statusCode).send(answer.body);
  });
  return { app, serve: (subgraph: Subgraph) => subgraph.routes?.(inner) };
}

function bookingCalls(known: KnownBookings): ServiceCalls {
  return {
    query: async <Data>(
      _subgraph: string,
      { variables }: { variables?: Readonly<Record<string, unknown>> | undefined },
    ) => ({ payableBooking: known.get(String(variables?.['id'])) ?? null }) as Data,
  };
}
