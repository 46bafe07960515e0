import { looseSettings } from './loosenings.ts';
import { DEFAULT_PLANNING, type PlanningSettings, UNLIMITED_PLANNING } from './planning/settings.ts';
import { type CostSettings, DEFAULT_COST } from './protection/cost/demand-control.ts';
import { DEFAULT_LIMITS, type OperationLimits } from './protection/limits.ts';
import { DEFAULT_PERSISTED_QUERIES, type PersistedQuerySettings } from './protection/persisted-query-budget.ts';
import type { ProtectionSettings } from './protection/protection.ts';
import { DEFAULT_RATE_LIMITS, type RateLimitSettings } from './protection/rate-limits.ts';
import { type CompressionSettings, DEFAULT_COMPRESSION } from './server/compression.ts';
import {
  DEFAULT_SUBSCRIPTION_SETTINGS,
  type SubscriptionSettings,
  UNLIMITED_CLIENTS,
} from './subscriptions/settings.ts';
import type { AccessLogLevel } from './telemetry/access-log.ts';
import type { GuardOptions } from './transports/guards.ts';
import { DEFAULT_USAGE, type UsageSettings } from './usage/settings.ts';

/** All settings of a deployment; times in ms. */
export interface GatewaySettings extends ProtectionSettings {
  readonly path: string;
  /** Deadline of an operation. */
  readonly operationTimeoutMs: number;
  /** Time for requests in flight to finish when the gateway stops. */
  readonly drainMs: number;
  /** Maximum request body, bytes. */
  readonly maxBodyBytes: number;
  /** Open connections of one network; counted only without a proxy in front. */
  readonly maxConnectionsPerNetwork: number;
  /** Number of proxies in front that append to `X-Forwarded-For`; 0 ignores the header. */
  readonly trustedProxies: number;
  /** Whether a request's `traceparent` comes from a proxy that vouches for it, and is continued. */
  readonly trustTraceparent: boolean;
  /** Origins that CORS allows, such as `https://example.com`. `*` allows any; it is safe, as the endpoint reads no cookies. */
  readonly corsOrigins: readonly string[];
  /** Compression of responses; false leaves it to a proxy. */
  readonly compression: CompressionSettings | false;
  readonly subscriptions: SubscriptionSettings;
  readonly planning: PlanningSettings;
  readonly guards: GuardOptions;
  /** Recording of schema usage in Redis. */
  readonly usage: UsageSettings | false;
  /** Level of the access log, which has one line for each request. */
  readonly accessLog: AccessLogLevel;
  readonly executor: 'compiled' | 'stock';
  readonly authorization: 'filter' | 'reject' | 'dry-run';
}

export const DEFAULT_SETTINGS: GatewaySettings = {
  production: false,
  path: '/graphql',
  operationTimeoutMs: 30_000,
  drainMs: 10_000,
  maxBodyBytes: 1 << 20,
  maxConnectionsPerNetwork: 2_000,
  trustedProxies: 0,
  trustTraceparent: false,
  corsOrigins: ['*'],
  compression: DEFAULT_COMPRESSION,
  limits: DEFAULT_LIMITS,
  subscriptions: DEFAULT_SUBSCRIPTION_SETTINGS,
  planning: DEFAULT_PLANNING,
  guards: {},
  persistedQueries: DEFAULT_PERSISTED_QUERIES,
  rateLimits: DEFAULT_RATE_LIMITS,
  cost: DEFAULT_COST,
  usage: DEFAULT_USAGE,
  safelist: 'off',
  accessLog: 'info',
  executor: 'compiled',
  authorization: 'filter',
};

type Grouped =
  | 'compression'
  | 'limits'
  | 'persistedQueries'
  | 'subscriptions'
  | 'planning'
  | 'rateLimits'
  | 'cost'
  | 'usage';

/** Settings as a deployment gives them; the others have their defaults. */
export type GivenSettings = Partial<Omit<GatewaySettings, Grouped>> & {
  readonly compression?: Partial<CompressionSettings> | false;
  readonly limits?: Partial<OperationLimits>;
  readonly persistedQueries?: Partial<PersistedQuerySettings> | false;
  readonly subscriptions?: Partial<SubscriptionSettings>;
  readonly planning?: Partial<PlanningSettings>;
  readonly rateLimits?: Partial<RateLimitSettings> | false;
  readonly cost?: Partial<CostSettings> | false;
  readonly usage?: Partial<UsageSettings> | false;
};

/** @throws when the settings contradict each other. */
export function settingsFrom(given: GivenSettings = {}): GatewaySettings {
  const { compression, limits, persistedQueries, subscriptions, planning, rateLimits, cost, usage, ...rest } = given;
  const [loose] = given.production ? looseSettings(given) : [];
  if (loose !== undefined) throw new Error(loose);
  return {
    ...DEFAULT_SETTINGS,
    ...(rateLimits === false && { maxConnectionsPerNetwork: Infinity }),
    ...rest,
    compression: compression !== false && { ...DEFAULT_COMPRESSION, ...compression },
    limits: { ...DEFAULT_LIMITS, ...limits },
    persistedQueries: persistedQueries !== false && { ...DEFAULT_PERSISTED_QUERIES, ...persistedQueries },
    subscriptions: {
      ...DEFAULT_SUBSCRIPTION_SETTINGS,
      ...(rateLimits === false && UNLIMITED_CLIENTS),
      ...subscriptions,
    },
    planning: { ...DEFAULT_PLANNING, ...(rateLimits === false && UNLIMITED_PLANNING), ...planning },
    rateLimits: rateLimits !== false && { ...DEFAULT_RATE_LIMITS, ...rateLimits },
    cost: cost !== false && { ...DEFAULT_COST, ...cost },
    usage: usage !== false && { ...DEFAULT_USAGE, ...usage },
  };
}
