import { operationUsage, type UsageSource } from '@marquee/schema-usage';
import type { GraphQLSchema } from 'graphql';

import type { Finding, Use } from '../finding.ts';
import type { RegistryConfig } from '../registry/config.ts';
import type { RegisteredOperation } from '../registry/operations.ts';
import type { PublishedOperation } from '../registry/registration.ts';
import { type Affected, sendableBy } from './affected.ts';
import { membersRead } from './members-read.ts';
import { type Recorded, recordedUses } from './recorded-usage.ts';
import { isUnsent } from './unsent.ts';

/** Finds uses of coordinates of the published schema. */
export interface Uses {
  /** A sentence for the report that describes the source of usage. */
  readonly basis: string;
  /** The words for a change that no counted use prevents. */
  readonly unused: string;
  /** Refuses every breaking change, because usage is unknown and the configuration is strict. */
  readonly refusing: boolean;
  of(affected: Affected): UseVerdict;
  /** The former operations that no client sends any more. */
  readonly unsent: readonly PublishedOperation[];
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
  /** Published versions that clients may still send. */
  readonly former: readonly PublishedOperation[];
  /** The published schema that operations are validated against. */
  readonly schema: GraphQLSchema;
  /** Absent when no store is configured. */
  readonly source?: UsageSource;
  readonly now: Date;
}

/** Collects uses from registered operations and from usage recorded by gateways. */
export async function usesOf(options: UsesOptions, coordinates: readonly string[]): Promise<Uses> {
  const { config } = options;
  const problems: Finding[] = [];
  const former = options.former.map((operation) => ({ operation, ...registeredUse(options.schema, operation, false) }));
  const asked = new Set([...coordinates, ...former.flatMap((each) => [...each.coordinates])]);
  const recorded = await recordedUses(options, [...asked], problems);
  const empty = recorded !== undefined && recorded.requests === 0;
  const judged = recorded !== undefined && !empty ? recorded : undefined;
  const unsent = former
    .filter((each) => judged?.isWhole && isUnsent(each.operation, each.coordinates, judged.records, judged.since))
    .map(({ operation }) => operation);
  const sent = options.former.filter((operation) => !unsent.includes(operation));
  const registered = [...options.operations, ...sent].map((each) => registeredUse(options.schema, each, !judged));
  const lacking = options.source === undefined ? config.whenNotConfigured : empty ? config.whenEmpty : 'operations';
  return {
    basis: basisOf(options, judged, lacking),
    unused: judged ? `Nothing used it within ${config.windowDays} days` : 'No registered operation uses it',
    refusing: judged === undefined && lacking === 'refuse',
    problems,
    unsent,
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

/** A registered operation with its uses. @param alone - whether no recorded usage tells what its variables hold */
function registeredUse(schema: GraphQLSchema, operation: RegisteredOperation | PublishedOperation, alone: boolean) {
  const used = operationUsage(schema, operation.document, operation.name)?.coordinates ?? [];
  const coordinates = new Set([
    ...used,
    ...membersRead(schema, operation.document),
    ...(alone ? sendableBy(schema, used) : []),
  ]);
  const former = 'registered' in operation;
  return { use: { client: operation.client, operation: operation.name, ...(former ? { former } : {}) }, coordinates };
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
export function useInWords({ client, version, operation, count, former }: Use): string {
  const registered = former ? 'registered earlier' : 'registered';
  const calls = count === undefined ? registered : `${grouped(count)} call${count === 1 ? '' : 's'}`;
  return `${client}${version ? ` ${version}` : ''} ${operation} (${calls})`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
