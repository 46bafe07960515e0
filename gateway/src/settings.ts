import { type CostSettings, DEFAULT_COST } from './protection/cost/demand-control.ts';
import { DEFAULT_LIMITS, type OperationLimits } from './protection/limits.ts';
import type { ProtectionSettings } from './protection/protection.ts';
import { DEFAULT_RATE_LIMITS, type RateLimitSettings } from './protection/rate-limits.ts';
import { DEFAULT_SUBSCRIPTION_SETTINGS, type SubscriptionSettings } from './subscriptions/settings.ts';
import type { AccessLogLevel } from './telemetry/access-log.ts';
import type { GuardOptions } from './transports/guarded.ts';
import { DEFAULT_USAGE, type UsageSettings } from './usage/settings.ts';

/** Everything about the gateway that a deployment may set; times in ms. */
export interface GatewaySettings extends ProtectionSettings {
  readonly path: string;
  /** How long one operation may take. */
  readonly operationTimeoutMs: number;
  /** How long requests may take to finish when the gateway stops. */
  readonly drainMs: number;
  /** The largest body of a request, bytes. */
  readonly maxBodyBytes: number;
  /** How many proxies stand in front, each of which adds to `X-Forwarded-For`; 0 believes nothing of it. */
  readonly trustedProxies: number;
  /** Origins whose pages may ask, such as `https://example.com`; `*` is any. No cookie is ever read. */
  readonly corsOrigins: readonly string[];
  readonly subscriptions: SubscriptionSettings;
  readonly guards: GuardOptions;
  /** What is recorded of the schema's use, in Redis. */
  readonly usage: UsageSettings | false;
  /** At what level requests are logged, a line each. */
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
  trustedProxies: 0,
  corsOrigins: ['*'],
  limits: DEFAULT_LIMITS,
  subscriptions: DEFAULT_SUBSCRIPTION_SETTINGS,
  guards: {},
  persistedQueries: true,
  rateLimits: DEFAULT_RATE_LIMITS,
  cost: DEFAULT_COST,
  usage: DEFAULT_USAGE,
  safelist: 'off',
  accessLog: 'info',
  executor: 'compiled',
  authorization: 'filter',
};

type Grouped = 'limits' | 'subscriptions' | 'rateLimits' | 'cost' | 'usage';

/** Settings as a deployment gives them: what is left out has its default. */
export type GivenSettings = Partial<Omit<GatewaySettings, Grouped>> & {
  readonly limits?: Partial<OperationLimits>;
  readonly subscriptions?: Partial<SubscriptionSettings>;
  readonly rateLimits?: Partial<RateLimitSettings> | false;
  readonly cost?: Partial<CostSettings> | false;
  readonly usage?: Partial<UsageSettings> | false;
};

/** @throws when the settings contradict each other. */
export function settingsFrom(given: GivenSettings = {}): GatewaySettings {
  const { limits, subscriptions, rateLimits, cost, usage, ...rest } = given;
  if (rateLimits === false && given.production) throw new Error('Rate limits cannot be lifted in production.');
  return {
    ...DEFAULT_SETTINGS,
    ...rest,
    limits: { ...DEFAULT_LIMITS, ...limits },
    subscriptions: { ...DEFAULT_SUBSCRIPTION_SETTINGS, ...subscriptions },
    rateLimits: rateLimits !== false && { ...DEFAULT_RATE_LIMITS, ...rateLimits },
    cost: cost !== false && { ...DEFAULT_COST, ...cost },
    usage: usage !== false && { ...DEFAULT_USAGE, ...usage },
  };
}
