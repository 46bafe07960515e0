import type { PayloadOf } from '@marquee/events';
import type { Money } from '@marquee/money';
import { PrismaClient } from '@marquee/prisma-payments';
import { buildSandboxProvider } from '@marquee/sandbox-provider';
import {
  newCityId,
  newId,
  type OrganisationRoleOf,
  type ServiceCalls,
  type ServiceRequest,
  type Subgraph,
} from '@marquee/subgraph';
import { openLog } from '@marquee/telemetry';
import { eventually as retry, testDatabase, whenDone } from '@marquee/testkit';
import { type HarnessOptions, openHarness, userCaller as customer } from '@marquee/testkit/harness';
import fastify from 'fastify';

import type { ResilienceOptions } from '../src/adapters/provider-http.ts';
import { type SandboxPaymentsOptions, sandboxPayments } from '../src/adapters/sandbox/sandbox-payments.ts';
import type { PaymentProvider } from '../src/domain/payment-provider.ts';
import { definePayments } from '../src/subgraph.ts';

export { customer };

export const API_KEY = 'sk_test_payments_of_32_characters';
export const WEBHOOK_SECRET = 'whsec_test_payments_32_characters';

/** Bookings that the booking subgraph returns when asked. */
export type KnownBookings = Map<string, object>;

/** The organisations and roles by user, as accounts returns them. */
export type KnownRoles = Map<string, readonly OrganisationRoleOf[]>;

export interface OpenPaymentsOptions {
  /** Whether the sandbox's webhooks reach the subgraph; true by default. */
  readonly webhooks?: boolean;
  /** Whether the subgraph runs relay, consumer and jobs; true by default. */
  readonly start?: boolean;
  /** Wraps the provider that the subgraph uses. */
  readonly wrapProvider?: (provider: PaymentProvider) => PaymentProvider;
}

export interface InstanceOptions extends Partial<HarnessOptions>, ResilienceOptions {
  /** The provider's address; the sandbox's by default. */
  readonly providerUrl?: string;
  readonly wrapProvider?: OpenPaymentsOptions['wrapProvider'];
}

/** The payments subgraph on databases of its own, with a real sandbox provider over HTTP. */
export async function openPayments({ webhooks = true, start = true, wrapProvider }: OpenPaymentsOptions = {}) {
  const knownBookings: KnownBookings = new Map();
  const knownRoles: KnownRoles = new Map();
  const webhookServer = openWebhookServer();
  const serverUrl = await webhookServer.app.listen({ host: '127.0.0.1', port: 0 });
  const webhookUrl = `${serverUrl}/webhooks/payments/sandbox`;
  const sandbox = buildSandboxProvider({
    databaseUrl: (await testDatabase('sandbox-provider')).url,
    apiKey: API_KEY,
    webhook: { url: webhooks ? webhookUrl : `${serverUrl}/nobody`, secret: WEBHOOK_SECRET },
    log: openLog({ service: 'sandbox-provider', level: 'silent' }),
    timings: { pollMs: 20, webhookRetryMs: 50, lateByMs: 50, withholdMs: 5_000 },
  });
  await sandbox.listen();
  whenDone(async () => {
    await sandbox.stop();
    await webhookServer.app.close();
  });

  /** Another instance of the subgraph, as in a process of its own, with shorter timeouts than in production. */
  const openInstance = ({
    providerUrl = sandbox.url,
    timeoutMs = 1_500,
    breakMs = 200,
    wrapProvider: wrap,
    ...options
  }: InstanceOptions) => {
    const openProvider = (settings: SandboxPaymentsOptions): PaymentProvider => {
      const provider = sandboxPayments({ ...settings, timeoutMs, breakMs });
      return wrap ? wrap(provider) : provider;
    };
    return openHarness(definePayments({ openProvider }), PrismaClient, {
      calls: serviceCalls(knownBookings, knownRoles),
      settings: { providerUrl, providerApiKey: API_KEY, providerWebhookSecret: WEBHOOK_SECRET },
      ...options,
    });
  };
  const main = await openInstance({ start, ...(wrapProvider && { wrapProvider }) });
  webhookServer.serve(main.subgraph);

  /** A booking that awaits payment, delivered by event. */
  async function requestedBooking({
    customerId = newId('usr'),
    amount = 2_400,
    currency = 'EUR',
    inMs = 600_000,
    sale = null,
    showId = 'lon_shw_1',
    bookingId = newCityId('lon', 'bkg'),
  }: RequestedSale = {}) {
    const total: Money = { amount, currency };
    const expiresAt = new Date(Date.now() + inMs).toISOString();
    await main.deliver('booking.requested', { bookingId, customerId, showId, total, expiresAt, sale });
    return { bookingId, customerId, total, caller: customer(customerId) };
  }

  return {
    ...main,
    payments: main.subgraph,
    /** Another instance on the same database. */
    openInstance: (options: InstanceOptions = {}) => openInstance({ databaseUrl: main.databaseUrl, ...options }),
    ...{ sandbox, knownBookings, knownRoles, requestedBooking, webhookUrl },
    withholdWebhooks: webhookServer.withholdWebhooks,
  };
}

interface RequestedSale {
  readonly customerId?: string;
  readonly amount?: number;
  readonly currency?: string;
  readonly inMs?: number;
  readonly showId?: string;
  readonly bookingId?: string;
  /** The sale; null as in older events. */
  readonly sale?: PayloadOf<'booking.requested'>['sale'];
}

export type PaymentsHarness = Awaited<ReturnType<typeof openPayments>>;

/** Retries until the assertion holds, with time for a loaded machine. */
export const eventually = <T>(assertion: () => T | Promise<T>): Promise<T> => retry(assertion, { timeoutMs: 12_000 });

/** A server that listens before the subgraph exists whose routes it serves. */
function openWebhookServer() {
  const app = fastify();
  const inner = fastify();
  let mayPass = Promise.resolve();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_: unknown, body: unknown) => body);
  app.post('/*', async (request, reply) => {
    const { url, headers, body } = request;
    await mayPass;
    const answer = await inner.inject({ method: 'POST', url, headers, payload: String(body) });
    return reply.code(answer.statusCode).send(answer.body);
  });
  /** Keeps webhooks waiting while `work` runs, so that what it does is settled by the provider's answer alone. */
  async function withholdWebhooks<T>(work: () => Promise<T>): Promise<T> {
    let release = (): void => {};
    mayPass = new Promise((resolve) => (release = resolve));
    return work().finally(release);
  }
  return { app, serve: (subgraph: Subgraph) => subgraph.routes?.(inner), withholdWebhooks };
}

function serviceCalls(bookings: KnownBookings, organisations: KnownRoles): ServiceCalls {
  return {
    query: async <Data>(subgraph: string, { variables }: ServiceRequest) =>
      (subgraph === 'accounts'
        ? { organisationRoles: organisations.get(String(variables?.['userId'])) ?? [] }
        : { payableBooking: bookings.get(String(variables?.['id'])) ?? null }) as Data,
  };
}
