import { eventCatalogue } from '@marquee/events';
import {
  type DefinedSubgraph,
  foldersOf,
  secretsOf,
  type ServiceCalls,
  settingsIn,
  type Subgraph,
} from '@marquee/subgraph';
import type { Log, Registry, Telemetry } from '@marquee/telemetry';
import type { Redis } from 'ioredis';

import { allOrFirstError } from './all-or-first-error.ts';
import { type PublicUrls, publicUrlSettings } from './public-url.ts';
import { sandboxSettings, type SandboxUrls } from './sandbox.ts';
import type { Teardown } from './teardown.ts';

/** The options for opening all subgraphs. */
export interface SubgraphsOptions {
  /** Migrated databases, by subgraph. */
  databaseUrls: Readonly<Record<string, string>>;
  redis: { url: string; cacheUrl?: string | undefined; namespace: string };
  /** Secrets by name, 32 bytes in base64url; data written under one is lost with it. */
  secret: (name: string) => string;
  /** The folder of a subgraph that keeps something on disk. */
  folderOf: (subgraph: string) => string;
  /** Whether rate limits apply; false for load tests. */
  rateLimits: boolean;
  logFor: (service: string) => Log;
  /** Records traces, if given. */
  telemetry?: Telemetry;
  /** Settings of subgraphs, by subgraph, beside their secrets. */
  settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  now?: () => Date;
  stops: Teardown;
}

/** The resources that all subgraphs of a process share. */
export interface Shared {
  redis: Redis;
  /** The Redis that evicts. */
  cache?: Redis | undefined;
  metrics: Registry;
  sandboxes: SandboxUrls;
  publicUrls: PublicUrls;
  /** Makes a subgraph's client for queries to others. */
  callsOf: (subgraph: string) => ServiceCalls;
}

/** Opens all subgraphs in this process. Those that are open are in `stops`, also when this throws. */
export function openSubgraphs(
  definitions: readonly DefinedSubgraph[],
  options: SubgraphsOptions,
  { redis, cache, metrics, sandboxes, publicUrls, callsOf }: Shared,
): Subgraph[] {
  const { databaseUrls, logFor, rateLimits, telemetry, settings = {}, secret, folderOf, now } = options;
  const catalogue = eventCatalogue(Object.fromEntries(definitions.map(({ name, emits }) => [name, emits])));
  const opened: Subgraph[] = [];
  options.stops.add('the subgraphs', async () => void (await allOrFirstError(opened.map((each) => each.stop()))));
  for (const definition of definitions) {
    const { name } = definition;
    const subgraph = definition.open({
      ...{ redis, cache, catalogue, rateLimits, namespace: options.redis.namespace },
      ...{ log: logFor(name), calls: callsOf(name) },
      databaseUrl: databaseUrls[name] ?? noDatabase(name),
      instruments: { metrics, tracer: telemetry?.tracerOf(name) },
      settings: {
        ...secretsOf(definition, secret),
        ...foldersOf(definition, folderOf),
        ...sandboxSettings(name, sandboxes),
        ...publicUrlSettings(definition, publicUrls),
        ...settings[name],
      },
      ...(now && { now }),
    });
    opened.push(subgraph);
  }
  return opened;
}

/** The settings of subgraphs, from environment variables. */
export function settingsOf(
  definitions: readonly DefinedSubgraph[],
  environment: NodeJS.ProcessEnv,
): Record<string, Record<string, string>> {
  return Object.fromEntries(definitions.map((definition) => [definition.name, settingsIn(definition, environment)]));
}

function noDatabase(name: string): never {
  throw new Error(`The subgraph ${name} has no database`);
}
