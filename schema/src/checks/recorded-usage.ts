import { DamagedUsageError, type UsageRecord, type UsageSource, UsageUnavailableError } from '@marquee/schema-usage';

import type { Finding, Use } from '../finding.ts';
import type { RegistryConfig } from '../registry/config.ts';
import { DAY } from '../registry/days.ts';

/** The usage that gateways recorded in the window. */
export interface Recorded {
  readonly requests: number;
  readonly since: Date;
  /** Whether usage was recorded from the beginning of the window. */
  readonly isWhole: boolean;
  readonly records: readonly UsageRecord[];
  readonly byCoordinate: ReadonlyMap<string, readonly (Use & { readonly count: number; readonly hash: string })[]>;
}

interface RecordedUsesOptions {
  readonly config: RegistryConfig['usage'];
  /** Absent when no store is configured. */
  readonly source?: UsageSource;
  readonly now: Date;
}

/** Reads the uses of coordinates. @returns undefined without a store, or with one that cannot be read */
export async function recordedUses(
  { config, source, now }: RecordedUsesOptions,
  coordinates: readonly string[],
  problems: Finding[],
): Promise<Recorded | undefined> {
  if (!source) return undefined;
  const since = new Date(now.getTime() - config.windowDays * DAY);
  try {
    const { requests, recordedSince } = await source.totals(since);
    const records = coordinates.length === 0 ? [] : await source.usageOf(coordinates, since);
    const isWhole = recordedSince !== undefined && recordedSince <= since;
    return { requests, since, isWhole, records, byCoordinate: byCoordinate(records) };
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
