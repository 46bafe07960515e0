import type { Redis } from 'ioredis';
import type { Engine } from '../engine/api.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import { combineChecks, type OperationCheck, type Requester } from './checks.ts';
import { type CostSettings, DEFAULT_COST, DemandControl } from './cost/demand-control.ts';
import { operationPoints } from './cost/points.ts';
import { limitCredentials } from './credentials.ts';
import { rejectIntrospection } from './introspection.ts';
import { checkDocument, checkVariables, type OperationLimits } from './limits.ts';
import { type PersistedQueries, persistedQueries } from './persisted-queries.ts';
import type { PersistedQuerySettings } from './persisted-query-budget.ts';
import { type RateLimits, type RateLimitSettings, rateLimits } from './rate-limits.ts';
import { type RegisteredOperations, safelist, type SafelistMode } from './safelist.ts';

export interface ProtectionSettings {
  /** Disables the explorer, introspection and suggestions. */
  readonly production: boolean;
  readonly limits: OperationLimits;
  readonly persistedQueries: PersistedQuerySettings | false;
  /** Points per minute; false disables the limits for load tests, and is rejected in production. */
  readonly rateLimits: RateLimitSettings | false;
  readonly cost: CostSettings | false;
  /** Handling of unregistered operations. */
  readonly safelist: SafelistMode;
}

export interface ProtectionOptions {
  readonly engine: Engine;
  readonly settings: ProtectionSettings;
  readonly registered: RegisteredOperations | undefined;
  readonly redis: Redis | undefined;
  /** A store that may evict. */
  readonly cache: Redis | undefined;
  readonly namespace: string;
  readonly metrics: GatewayMetrics;
  readonly now: () => number;
  readonly random: () => number;
}

/** Rate limits, the checks of every operation, and persisted queries. */
export interface Protection extends RateLimits {
  readonly check: OperationCheck;
  readonly demand: DemandControl | undefined;
  /** Charges a webhook, before its body is read and its signature verified. */
  readonly chargeWebhook: RateLimits['charge'];
  readonly persistedQueries: PersistedQueries | false;
}

export function createProtection(options: ProtectionOptions): Protection {
  const { settings, registered, namespace, cache, metrics, now } = options;
  const demand = demandControl(options);
  const { charge } = createRateLimits(options);
  return {
    charge,
    chargeWebhook: createWebhookLimits(options).charge,
    demand,
    check: combineChecks(createChecks(options, demand, charge)),
    persistedQueries:
      settings.persistedQueries &&
      persistedQueries({
        redis: cache,
        namespace,
        registered: registered?.texts,
        settings: settings.persistedQueries,
        now,
        onNew: (outcome) => metrics.persistedQueries.inc({ outcome }),
      }),
  };
}

function demandControl({ engine, settings, metrics, random }: ProtectionOptions): DemandControl | undefined {
  if (settings.cost === false) return undefined;
  const histograms = { estimated: metrics.cost.labels('estimated'), actual: metrics.cost.labels('actual') };
  const observe = (kind: 'estimated' | 'actual', cost: number) => histograms[kind].observe(cost);
  return new DemandControl({ engine, settings: settings.cost, observe, random });
}

/** The size is first, because it bounds the time of the others; then an operation pays. */
function createChecks(
  options: ProtectionOptions,
  demand: DemandControl | undefined,
  charge: RateLimits['charge'],
): OperationCheck[] {
  const { settings, registered, metrics } = options;
  const checks: OperationCheck[] = [
    ({ document }) => checkDocument(document, settings.limits),
    ({ variables }) => checkVariables(variables, settings.limits),
    chargeWork(options, demand, charge),
    limitCredentials(options.engine),
  ];
  if (registered) {
    const labelOf = limitedLabels();
    const onUnregistered = ({ client }: Requester) =>
      metrics.unregistered.inc({ client: labelOf(client.name ?? 'unnamed') });
    checks.push(safelist({ mode: settings.safelist, registered, onUnregistered }));
  }
  if (settings.production) checks.push(({ document }) => rejectIntrospection(document));
  if (demand) checks.push(demand.check);
  return checks;
}

function createRateLimits({ settings, redis, namespace, metrics, now }: ProtectionOptions): RateLimits {
  if (settings.rateLimits === false) return { charge: () => undefined };
  const charged = { caller: metrics.charged.labels('caller'), anonymous: metrics.charged.labels('anonymous') };
  return rateLimits({
    settings: settings.rateLimits,
    ...(redis ? { redis } : {}),
    namespace,
    now,
    onCharged: (payer, points) => charged[payer].inc(points),
    onLimited: (limit) => metrics.rateLimited.inc({ limit }),
    onFailure: () => metrics.rateLimitFailures.inc(),
  });
}

/** Webhooks have an account of their own: a provider in a sale sends more than people do, and from few networks. */
function createWebhookLimits({ settings, redis, namespace, metrics, now }: ProtectionOptions): RateLimits {
  if (settings.rateLimits === false) return { charge: () => undefined };
  const max = settings.rateLimits.webhooksPerNetwork;
  return rateLimits({
    settings: { perCaller: max, perAnonymous: max, perNetwork: max },
    ...(redis ? { redis } : {}),
    namespace: `${namespace}:webhooks`,
    now,
    onCharged: (_payer, points) => metrics.charged.labels('webhook').inc(points),
    onLimited: () => metrics.rateLimited.inc({ limit: 'webhook' }),
    onFailure: () => metrics.rateLimitFailures.inc(),
  });
}

/** Charges what an operation does beyond the point that its message has paid. */
function chargeWork(
  { engine, settings }: ProtectionOptions,
  demand: DemandControl | undefined,
  charge: RateLimits['charge'],
): OperationCheck {
  const { mutationField, perPoint, max } = settings.cost || DEFAULT_COST;
  const pointsOf = operationPoints(engine, mutationField);
  return (operation, requester) => {
    const byCost = demand ? Math.floor(Math.min(demand.estimate(operation), max) / perPoint) : 0;
    const points = pointsOf(operation) - 1 + byCost;
    return points === 0 ? undefined : charge(requester, points);
  };
}

/** Maximum client names in a metric. */
const MAX_CLIENTS = 100;

/** Keeps the first names as labels and maps later ones to `other`, because clients choose their names. */
function limitedLabels(): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.size < MAX_CLIENTS) known.add(name);
    return known.has(name) ? name : 'other';
  };
}
