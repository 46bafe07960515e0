import { z } from 'zod';
import {
  areRateLimitsOn,
  EnvironmentError,
  httpUrl,
  listening,
  logging,
  metricsListening,
  oneOf,
  port,
  postgresUrl,
  rateLimiting,
  readEnvironment,
  redisUrl,
  variableFor,
  type Variables,
} from '@marquee/environment';

import { DEFAULT_GATEWAY_PORT } from './port.ts';

/** The local stack's settings, from environment variables. */
export interface StackSettings {
  host: string;
  port: number;
  metricsHost: string;
  /** A free one when undefined. */
  metricsPort: number | undefined;
  /** A Postgres to use instead of starting one; its user must be allowed to create databases. */
  databaseUrl: string | undefined;
  /** Databases elsewhere, by domain. */
  databaseUrls: Record<string, string>;
  redisUrl: string | undefined;
  /** A Redis that may evict. */
  redisCacheUrl: string | undefined;
  rateLimits: boolean;
  /** Whether NODE_ENV is production. */
  production: boolean;
  /** Whether demo bookings are made once the stack serves. */
  seedBookings: boolean;
  logLevel: string;
  /** Where the sandbox payment provider sends its webhooks; straight to payments when undefined. */
  webhookUrl: string | undefined;
  /** The supergraph's file; this checkout's when undefined. */
  supergraphFile: string | undefined;
}

const gateway = { ...listening, GATEWAY_PORT: port.default(DEFAULT_GATEWAY_PORT) };
const metrics = { ...metricsListening, METRICS_PORT: port.optional() };
const seeding = { SEED_BOOKINGS: oneOf('on', 'off').default('on') };
const sandbox = { SANDBOX_PROVIDER_WEBHOOK_URL: httpUrl.optional() };
const supergraph = { SUPERGRAPH: z.string().optional() };
const redis = { REDIS_URL: redisUrl.optional(), REDIS_CACHE_URL: redisUrl.optional() };

/** @throws {EnvironmentError} naming what to set */
export function settingsFrom(variables: Variables, domains: readonly string[]): StackSettings {
  const read = readEnvironment(
    {
      ...gateway,
      ...metrics,
      ...redis,
      ...logging,
      ...rateLimiting,
      ...seeding,
      ...sandbox,
      ...supergraph,
      DATABASE_URL: postgresUrl.optional(),
    },
    variables,
  );
  return {
    host: read.HOST,
    port: read.GATEWAY_PORT,
    metricsHost: read.METRICS_HOST,
    metricsPort: read.METRICS_PORT,
    databaseUrl: read.DATABASE_URL,
    databaseUrls: databaseUrls(variables, domains),
    redisUrl: read.REDIS_URL,
    redisCacheUrl: read.REDIS_CACHE_URL,
    rateLimits: areRateLimitsOn(read),
    production: read.NODE_ENV === 'production',
    seedBookings: read.SEED_BOOKINGS === 'on',
    logLevel: read.LOG_LEVEL,
    webhookUrl: read.SANDBOX_PROVIDER_WEBHOOK_URL,
    supergraphFile: read.SUPERGRAPH,
  };
}

/** @throws {EnvironmentError} because the stack seeds accounts whose passwords everybody knows */
export function requireOwnDatabases({ production, databaseUrl, databaseUrls: given }: StackSettings): void {
  if (!production || (databaseUrl === undefined && Object.keys(given).length === 0)) return;
  throw new EnvironmentError(
    'The local stack seeds accounts with well-known passwords, so it does not use given databases in production. Unset DATABASE_URL, or NODE_ENV; deploy the programs of npm run build instead.',
  );
}

/** The endpoint for commands: the one set, and the default for when no stack of this checkout is running. */
export function endpointsFrom(variables: Variables): { readonly given: string | undefined; readonly usual: string } {
  const read = readEnvironment({ ...gateway, MARQUEE_ENDPOINT: httpUrl.optional() }, variables);
  return { given: read.MARQUEE_ENDPOINT, usual: `http://${read.HOST}:${read.GATEWAY_PORT}/graphql` };
}

function databaseUrls(variables: Variables, domains: readonly string[]): Record<string, string> {
  const names = domains.map((domain) => [domain, variableFor('DATABASE_URL', domain)] as const);
  const read = readEnvironment(Object.fromEntries(names.map(([, name]) => [name, postgresUrl.optional()])), variables);
  return Object.fromEntries(
    names.flatMap(([domain, name]) => (read[name] === undefined ? [] : [[domain, read[name]]])),
  );
}
