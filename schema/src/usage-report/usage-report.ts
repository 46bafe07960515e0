import type { UsageRecord, UsageTotals } from '@marquee/schema-usage';
import { groupBy } from '../group-by.ts';
import type { Coordinate } from './public-schema.ts';

export interface ClientUse {
  readonly client: string;
  readonly versions: readonly string[];
  readonly operations: readonly string[];
  readonly requests: number;
}

/** A coordinate and its users. */
export interface CoordinateUse extends Omit<Coordinate, 'through'> {
  readonly requests: number;
  /** The share of all requests, in [0, 1]. */
  readonly share: number;
  /** The most frequent users first. */
  readonly clients: readonly ClientUse[];
  readonly lastSeen: Date;
}

/** A coordinate that no request named. */
export interface UnusedCoordinate extends Omit<Coordinate, 'through'> {
  /** Clients with a registered operation that names it, although none was sent. */
  readonly registeredBy: readonly string[];
}

export interface UsageReport {
  readonly since: Date;
  readonly until: Date;
  /** The first day with recorded usage since `since`; absent when there is none. */
  readonly recordedSince?: Date;
  readonly requests: number;
  readonly clients: readonly {
    readonly client: string;
    readonly requests: number;
    readonly versions: readonly string[];
  }[];
  /** Most used first. */
  readonly used: readonly CoordinateUse[];
  /** The deprecated ones among them. */
  readonly deprecatedInUse: readonly CoordinateUse[];
  readonly unused: readonly UnusedCoordinate[];
}

export interface ReportInput {
  readonly coordinates: readonly Coordinate[];
  readonly records: readonly UsageRecord[];
  readonly totals: UsageTotals;
  readonly registered: ReadonlyMap<string, ReadonlySet<string>>;
  readonly since: Date;
  readonly until: Date;
  /** Limits the report to one client. */
  readonly client?: string | undefined;
}

export function usageReport({ coordinates, records, totals, registered, client, ...window }: ReportInput): UsageReport {
  const wanted = client === undefined ? records : records.filter((record) => record.client === client);
  const byCoordinate = groupBy(wanted, ({ coordinate }) => coordinate);
  const requests = client === undefined ? totals.requests : (totals.byClient.get(client) ?? 0);
  const used = coordinates
    .flatMap(({ through: _, ...coordinate }) => {
      const own = byCoordinate.get(coordinate.coordinate);
      return own ? [{ ...coordinate, ...useOf(own, requests) }] : [];
    })
    .toSorted((a, b) => b.requests - a.requests || compare(a.coordinate, b.coordinate));
  return {
    ...window,
    ...(totals.recordedSince === undefined ? {} : { recordedSince: totals.recordedSince }),
    requests,
    clients: clientsOf(wanted, totals, client),
    used,
    deprecatedInUse: used.filter(({ deprecated }) => deprecated !== undefined),
    unused: coordinates
      .filter(({ coordinate, through }) => ![coordinate, ...through].some((each) => byCoordinate.has(each)))
      .map(({ through, ...coordinate }) => ({
        ...coordinate,
        registeredBy: registrants([coordinate.coordinate, ...through], registered, client),
      }))
      .toSorted((a, b) => compare(a.coordinate, b.coordinate)),
  };
}

function useOf(records: readonly UsageRecord[], all: number) {
  const requests = sum(records);
  const clients = [...groupBy(records, ({ client }) => client)].map(([client, own]) => ({
    client,
    versions: distinct(own.map(({ version }) => version)),
    operations: distinct(own.map(({ operation }) => operation)),
    requests: sum(own),
  }));
  return {
    requests,
    share: all === 0 ? 0 : requests / all,
    clients: clients.toSorted((a, b) => b.requests - a.requests),
    lastSeen: new Date(Math.max(...records.map(({ lastSeen }) => lastSeen.getTime()))),
  };
}

function clientsOf(records: readonly UsageRecord[], { byClient }: UsageTotals, client: string | undefined) {
  const versions = groupBy(records, (record) => record.client);
  return [...byClient]
    .filter(([name]) => client === undefined || name === client)
    .map(([name, requests]) => ({
      client: name,
      requests,
      versions: distinct((versions.get(name) ?? []).map(({ version }) => version)),
    }))
    .toSorted((a, b) => b.requests - a.requests);
}

function registrants(
  coordinates: readonly string[],
  registered: ReportInput['registered'],
  client: string | undefined,
): string[] {
  const names = distinct(coordinates.flatMap((coordinate) => [...(registered.get(coordinate) ?? [])]));
  return client === undefined ? names : names.filter((name) => name === client);
}

function sum(records: readonly UsageRecord[]): number {
  return records.reduce((total, { count }) => total + count, 0);
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted(compare);
}

const { compare } = new Intl.Collator('en', { numeric: true });
