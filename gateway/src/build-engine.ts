import type { Log, Readiness } from '@marquee/telemetry';
import type { AuthorizationOptions } from './authorization/authorization-outcome.ts';
import type { Engine } from './engine/api.ts';
import { SubgraphUnavailableError } from './transports/subgraph-transport.ts';
import { createEngine } from './engine/engine.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { Planning } from './planning/api.ts';
import { PlannerThreads, type PlannerThreadsOptions } from './planning/planner-threads.ts';
import type { PlanningSettings } from './planning/settings.ts';
import type { GatewaySettings } from './settings.ts';
import type { GatewayMetrics } from './telemetry/metrics.ts';
import { gatewayTransport, probe } from './transports/gateway-transport.ts';

/** Creates the engine from the gateway's options, with guards, metrics and spans on every transport. */
export function buildEngine(
  { policies = {}, registeredOperations, transportFor, tracer }: GatewayOptions,
  settings: GatewaySettings,
  metrics: GatewayMetrics,
  log: Log,
  planning: Planning,
  random: () => number,
): Engine {
  return createEngine({
    planning,
    registered: [...(registeredOperations?.texts.values() ?? [])],
    transportFor: (subgraph, url) =>
      gatewayTransport(subgraph, transportFor(subgraph, url), { guards: settings.guards, metrics, tracer }),
    authorization: {
      mode: settings.authorization,
      policies,
      ...(settings.authorization === 'dry-run' && { onUnauthorized: logDryRun(log) }),
    },
    onMaskedError: ({ error, ...where }) => {
      if (!isCancelled(error)) log.error({ ...where, err: error }, 'an error was masked');
    },
    random,
  });
}

/** Creates the threads that validate and plan, with metrics. */
export function createPlanning(settings: PlanningSettings, metrics: GatewayMetrics, now: () => number): PlannerThreads {
  const onDone: PlannerThreadsOptions['onDone'] = (kind, outcome, seconds) =>
    metrics.planning.labels(kind, outcome).observe(seconds);
  const threads = new PlannerThreads({ settings, now, onDone });
  metrics.observe('planning_waiting', 'Operations that wait to be validated or planned', () => threads.waiting);
  return threads;
}

/** Readiness probes, one for each subgraph of the current supergraph. */
export function subgraphProbes(engine: Engine): Readiness {
  const { transports } = engine.current();
  return Object.fromEntries([...transports].map(([name, transport]) => [name, () => probe(transport)]));
}

function logDryRun(log: Log): NonNullable<AuthorizationOptions['onUnauthorized']> {
  return (errors, operationName) => {
    const paths = errors.map(({ path }) => (path ?? []).join('.'));
    log.warn({ operationName, paths }, 'fields would have been withheld');
  };
}

/** The client no longer waits for it. */
function isCancelled(error: unknown): boolean {
  return error instanceof SubgraphUnavailableError && error.reason === 'cancelled';
}
