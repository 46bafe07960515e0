import {
  DamagedUsageError,
  operationUsage,
  type UsageRecord,
  type UsageSource,
  UsageUnavailableError,
} from '@marquee/schema-usage';
import type { GraphQLSchema } from 'graphql';

import type { Finding, Use } from '../finding.ts';
import type { RegistryConfig } from '../registry/config.ts';
import type { RegisteredOperation } from '../registry/operations.ts';
import { type Affected, sendableBy } from './affected.ts';
import { membersRead } from './members-read.ts';

/** Finds uses of coordinates of the published schema. */
export interface Uses {
  /** A sentence for the report that describes the source of usage. */
  readonly basis: string;
  /** The words for a change that no counted use prevents. */
  readonly unused: string;
  /** Refuses every breaking change, because usage is unknown and the configuration is strict. */
  readonly refusing: boolean;
  of(affected: Affected): UseVerdict;
  /** Problems of the usage store. */
  readonly problems: readonly Finding[];
}

/** The uses of coordinates, split into those that count and those that do not. */
export interface UseVerdict {
  readonly counting: readonly Use[];
  /** Uses by excluded clients, or below the thresholds. */
  readonly ignored: readonly Use[];
}

export interface UsesOptions {
  readonly config: RegistryConfig['usage'];
  readonly operations: readonly RegisteredOperation[];
  /** The published schema that operations are validated against. */
  readonly schema: GraphQLSchema;
  /** Absent when no store is configured. */
  readonly source?: UsageSource;
  readonly now: Date;
}

interface Recorded {
  readonly requests: number;
  readonly byCoordinate: ReadonlyMap<string, readonly (Use & { readonly count: number; readonly hash: string })[]>;
}

const DAY = 86_400_000;

/** Collects uses from registered operations and from usage recorded by gateways. */
export async function usesOf(options: UsesOptions, coordinates: readonly string[]): Promise<Uses> {
  const { config } = options;
  const problems: Finding[] = [];
  const recorded = await recordedUses(options, coordinates, problems);
  const empty = recorded !== undefined && recorded.requests === 0;
  const judged = recorded !== undefined && !empty ? recorded : undefined;
  const registered = options.operations.map((operation) => registeredUse(options.schema, operation, !judged));
  const lacking = options.source === undefined ? config.whenNotConfigured : empty ? config.whenEmpty : 'operations';
  return {
    basis: basisOf(options, judged, lacking),
    unused: judged ? `Nothing used it within ${config.windowDays} days` : 'No registered operation uses it',
    refusing: judged === undefined && lacking === 'refuse',
    problems,
    of: (affected) => verdictOf(config, affected, registered, judged),
  };
}

function basisOf({ source, config }: UsesOptions, recorded: Recorded | undefined, lacking: string): string {
  if (recorded) return `use of the last ${config.windowDays} days (${grouped(recorded.requests)} requests)`;
  const why = source ? 'the usage store holds nothing of the window or was not read' : 'no usage store is configured';
  return lacking === 'refuse'
    ? `${why}: every breaking change is refused`
    : `${why}: breaking changes are judged by registered operations only`;
}

async function recordedUses(
  { config, source, now }: UsesOptions,
  coordinates: readonly string[],
  problems: Finding[],
): Promise<Recorded | undefined> {
  if (!source) return undefined;
  const since = new Date(now.getTime() - config.windowDays * DAY);
  try {
    const { requests } = await source.totals(since);
    const records = coordinates.length === 0 ? [] : await source.usageOf(coordinates, since);
    return { requests, byCoordinate: byCoordinate(records) };
  } catch (error) {
    problems.push(usageProblem(error, config.whenUnreachable));
    return undefined;
  }
}

function byCoordinate(records: readonly UsageRecord[]): Recorded['byCoordinate'] {
  const uses = new Map<string, (Use & { readonly count: number; readonly hash: string })[]>();
  for (const { coordinate, client, version, operation, operationHash: hash, count } of records) {
    const known = uses.get(coordinate) ?? [];
    known.push({ client, version, operation, hash, count });
    uses.set(coordinate, known);
  }
  return uses;
}

function usageProblem(error: unknown, whenUnreachable: RegistryConfig['usage']['whenUnreachable']): Finding {
  const problem = { class: 'usage', message: error instanceof Error ? error.message : String(error) } as const;
  if (error instanceof UsageUnavailableError) {
    return {
      ...problem,
      rule: 'usage/unreachable',
      severity: whenUnreachable === 'fail' ? 'error' : 'warning',
      help: 'Start it or correct SCHEMA_USAGE_REDIS_URL. To check without it, set usage.whenUnreachable in schema/registry.config.yml.',
    };
  }
  if (error instanceof DamagedUsageError) return { ...problem, rule: 'usage/damaged', severity: 'error' };
  throw error;
}

/** A registered operation with its uses. @param alone - whether no recorded usage tells what its variables hold */
function registeredUse(schema: GraphQLSchema, operation: RegisteredOperation, alone: boolean) {
  const used = operationUsage(schema, operation.document, operation.name)?.coordinates ?? [];
  const coordinates = new Set([
    ...used,
    ...membersRead(schema, operation.document),
    ...(alone ? sendableBy(schema, used) : []),
  ]);
  return { use: { client: operation.client, operation: operation.name }, coordinates };
}

function verdictOf(
  config: RegistryConfig['usage'],
  { byOperations, byRequests }: Affected,
  registered: readonly ReturnType<typeof registeredUse>[],
  recorded: Recorded | undefined,
): UseVerdict {
  const excluded = ({ client }: Use): boolean => config.excludedClients.includes(client);
  const calls = callsOf(byRequests, recorded);
  const counted = calls.filter((call) => !excluded(call));
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  const { thresholds } = config;
  const felt = total > thresholds.calls && total > ((recorded?.requests ?? 0) * thresholds.percent) / 100;
  const called: readonly Use[] = felt ? counted : [];
  const listed = registered
    .filter(({ coordinates }) => byOperations.some((coordinate) => coordinates.has(coordinate)))
    .map(({ use }): Use => use)
    .filter(({ client, operation }) => !called.some((use) => use.client === client && use.operation === operation));
  return {
    counting: [...called, ...listed.filter((use) => !excluded(use))],
    ignored: [...calls.filter((call) => !called.includes(call)), ...listed.filter(excluded)],
  };
}

/** The number of calls that used any of the coordinates; an operation counts once, with its highest count. */
function callsOf(asked: readonly string[], recorded: Recorded | undefined): (Use & { readonly count: number })[] {
  const byOperation = new Map<string, Use & { readonly count: number }>();
  for (const coordinate of asked) {
    for (const { client, version, operation, hash, count } of recorded?.byCoordinate.get(coordinate) ?? []) {
      const key = JSON.stringify([client, version, hash]);
      if (count > (byOperation.get(key)?.count ?? 0)) byOperation.set(key, { client, version, operation, count });
    }
  }
  return [...byOperation.values()].toSorted((a, b) => b.count - a.count);
}

/** A use in words: `storefront 2.3.1 SeatMap (1,204 calls)`. */
export function useInWords({ client, version, operation, count }: Use): string {
  const calls = count === undefined ? 'registered' : `${grouped(count)} call${count === 1 ? '' : 's'}`;
  return `${client}${version ? ` ${version}` : ''} ${operation} (${calls})`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
