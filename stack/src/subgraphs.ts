import { buildAccounts } from '@marquee/accounts';
import { buildBooking, type BookingSettings } from '@marquee/booking';
import { buildCatalog } from '@marquee/catalog';
import { buildNotifications } from '@marquee/notifications';
import { buildPayments, sandboxPayments } from '@marquee/payments';
import type { DomainDeps, ServiceCalls, Subgraph } from '@marquee/subgraph';
import type { Log, Registry, Telemetry } from '@marquee/telemetry';
import type { Redis } from 'ioredis';
import type { Domain } from './domains.ts';

/** What all subgraphs together are built from. */
export interface SubgraphsOptions {
  /** Migrated databases. */
  databaseUrls: Record<Domain, string>;
  redis: { url: string; namespace: string };
  /** Secrets by name, 32 bytes in base64url; data written under one is lost with it. */
  secret: (name: string) => string;
  /** False lifts the limits on how often somebody may try, for load tests. */
  rateLimits: boolean;
  logFor: (service: string) => Log;
  /** Records traces; without it none are. */
  telemetry?: Telemetry;
  booking?: Partial<BookingSettings>;
}

/** What the subgraphs of one process share, and how they reach what is outside of it. */
export interface Surroundings {
  redis: Redis;
  metrics: Registry;
  providerUrl: string;
  /** How payments asks other subgraphs. */
  calls: ServiceCalls;
}

/** Every subgraph of the supergraph, and the keys of the access tokens that accounts signs. */
export function buildSubgraphs(options: SubgraphsOptions, { redis, metrics, providerUrl, calls }: Surroundings) {
  const { databaseUrls, secret, logFor, rateLimits, telemetry } = options;
  const { namespace } = options.redis;
  const deps = (name: Exclude<Domain, 'sandbox-provider'>): DomainDeps => ({
    databaseUrl: databaseUrls[name],
    redis,
    namespace,
    log: logFor(name),
    instruments: { metrics, tracer: telemetry?.tracerOf(name) },
  });
  const encryptionKey = Buffer.from(secret('accounts-encryption'), 'base64url');
  const { subgraph: accounts, jwks } = buildAccounts({ ...deps('accounts'), encryptionKey, limitAttempts: rateLimits });
  const provider = sandboxPayments({
    baseUrl: providerUrl,
    apiKey: secret('provider-api-key'),
    webhookSecret: secret('provider-webhooks'),
  });
  const subgraphs: Subgraph[] = [
    accounts,
    buildCatalog(deps('catalog')),
    buildBooking({ ...deps('booking'), settings: { ticketSecret: secret('tickets'), ...options.booking } }),
    buildPayments({ ...deps('payments'), provider, calls }),
    buildNotifications(deps('notifications')),
  ];
  return { subgraphs, jwks };
}
