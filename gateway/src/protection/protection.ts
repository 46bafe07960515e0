import type { Redis } from 'ioredis';
import type { Engine } from '../engine/api.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import { inOrder, type OperationCheck, type Requester } from './checks.ts';
import { type CostSettings, DemandControl } from './cost/demand-control.ts';
import { refuseIntrospection } from './introspection.ts';
import { checkDocument, type OperationLimits } from './limits.ts';
import { type PersistedQueries, persistedQueries } from './persisted-queries.ts';
import { type RateLimitSettings, rateLimits } from './rate-limits.ts';
import { type RegisteredOperations, safelist, type SafelistMode } from './safelist.ts';

export interface ProtectionSettings {
  /** Hides the explorer, introspection and suggestions. */
  readonly production: boolean;
  readonly limits: OperationLimits;
  readonly persistedQueries: boolean;
  /** Operations by minute; false lifts the limits, for load tests, and is refused in production. */
  readonly rateLimits: RateLimitSettings | false;
  readonly cost: CostSettings | false;
  /** What happens to operations that no client registered. */
  readonly safelist: SafelistMode;
}

export interface ProtectionOptions {
  readonly engine: Engine;
  readonly settings: ProtectionSettings;
  readonly registered: RegisteredOperations | undefined;
  readonly redis: Redis | undefined;
  readonly namespace: string;
  readonly metrics: GatewayMetrics;
  readonly now: () => number;
  readonly random: () => number;
}

/** What stands between a client's operation and its execution, whichever way it comes. */
export interface Protection {
  readonly check: OperationCheck;
  readonly demand: DemandControl | undefined;
  readonly persistedQueries: PersistedQueries | false;
}

export function createProtection(options: ProtectionOptions): Protection {
  const { settings, registered, namespace, redis } = options;
  const shared = redis ? { redis } : {};
  const demand = demandControl(options);
  return {
    demand,
    check: inOrder(checksOf(options, demand)),
    persistedQueries:
      settings.persistedQueries &&
      persistedQueries({ namespace, ...shared, ...(registered ? { registered: registered.texts } : {}) }),
  };
}

function demandControl({ engine, settings, metrics, random }: ProtectionOptions): DemandControl | undefined {
  if (settings.cost === false) return undefined;
  const histograms = { estimated: metrics.cost.labels('estimated'), actual: metrics.cost.labels('actual') };
  const observe = (kind: 'estimated' | 'actual', cost: number) => histograms[kind].observe(cost);
  return new DemandControl({ engine, settings: settings.cost, observe, random });
}

/** The rate limits come last, since only they leave the process. */
function checksOf(options: ProtectionOptions, demand: DemandControl | undefined): OperationCheck[] {
  const { settings, registered, metrics, redis, namespace, now } = options;
  const checks: OperationCheck[] = [];
  if (registered) {
    const labelOf = clientLabels();
    const onUnregistered = ({ client }: Requester) =>
      metrics.unregistered.inc({ client: labelOf(client.name ?? 'unnamed') });
    checks.push(safelist({ mode: settings.safelist, registered, onUnregistered }));
  }
  checks.push(({ document }) => checkDocument(document, settings.limits));
  if (settings.production) checks.push(({ document }) => refuseIntrospection(document));
  if (demand) checks.push(demand.check);
  if (settings.rateLimits) {
    checks.push(
      rateLimits({
        settings: settings.rateLimits,
        ...(redis ? { redis } : {}),
        namespace,
        now,
        onLimited: (limit) => metrics.rateLimited.inc({ limit }),
        onFailure: () => metrics.rateLimitFailures.inc(),
      }),
    );
  }
  return checks;
}

/** How many clients a metric tells apart. */
const MAX_CLIENTS = 100;

/** Clients choose their names, and every one that a metric has stays in memory: those that come first have their own. */
function clientLabels(): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.size < MAX_CLIENTS) known.add(name);
    return known.has(name) ? name : 'other';
  };
}
