import { groupBy } from '../group-by.ts';
import type { ClientUse, UnusedCoordinate, UsageReport } from './usage-report.ts';

/** The report for a terminal. */
export function reportAsText(report: UsageReport): string {
  const { used, deprecatedInUse, unused, clients, requests } = report;
  const numbers = new Intl.NumberFormat('en');
  const sections = [
    `Usage of the public schema, ${windowText(report)}: ${numbers.format(requests)} requests`,
    section('Clients', [
      ['client', 'requests', 'share', 'versions'],
      ...clients.map((each) => [
        each.client,
        numbers.format(each.requests),
        percent(requests === 0 ? 0 : each.requests / requests),
        each.versions.join(', '),
      ]),
    ]),
    section(`Deprecated and still used (${deprecatedInUse.length})`, [
      ['coordinate', 'requests', 'share', 'last used', 'by', 'deprecated because'],
      ...deprecatedInUse.map((use) => [
        use.coordinate,
        numbers.format(use.requests),
        percent(use.share),
        minute(use.lastSeen),
        use.clients.map(clientText).join('; '),
        use.deprecated ?? '',
      ]),
    ]),
    section(`Used (${used.length})`, [
      ['coordinate', 'requests', 'share', 'last used', 'by'],
      ...used.map((use) => [
        use.coordinate,
        numbers.format(use.requests),
        percent(use.share),
        minute(use.lastSeen),
        use.clients.map(({ client }) => client).join(', '),
      ]),
    ]),
    unusedText(unused),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

export function windowText({ since, until, recordedSince }: Pick<UsageReport, 'since' | 'until' | 'recordedSince'>) {
  const window = `${day(since)} to ${day(until)}`;
  if (recordedSince === undefined) return `${window} (nothing is recorded)`;
  return recordedSince > since ? `${window} (recorded since ${day(recordedSince)})` : window;
}

export function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** UTC. */
export function minute(at: Date): string {
  return at.toISOString().slice(0, 16).replace('T', ' ');
}

export function percent(part: number): string {
  if (part > 0 && part < 0.001) return '< 0.1 %';
  return `${(part * 100).toFixed(1)} %`;
}

/** Types by their number of unused coordinates, highest first. */
export function byType(unused: readonly UnusedCoordinate[]): [type: string, parts: UnusedCoordinate[]][] {
  return [...groupBy(unused, ({ type }) => type)].toSorted((a, b) => b[1].length - a[1].length);
}

function clientText({ client, versions, operations }: ClientUse): string {
  return `${client} ${versions.join(', ')} (${operations.join(', ')})`;
}

function unusedText(unused: readonly UnusedCoordinate[]): string {
  if (unused.length === 0) return '';
  const lines = byType(unused).map(([type, parts]) => {
    const names = parts.map(({ coordinate, registeredBy }) => {
      const name = coordinate.slice(type.length + 1);
      return registeredBy.length === 0 ? name : `${name}*`;
    });
    return `  ${type}: ${names.join(', ')}`;
  });
  return [`Unused (${unused.length}; * a client registered an operation that names it)`, ...lines].join('\n');
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  if (rows.length < 2) return '';
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) => {
    const width = widths[column] ?? 0;
    return NUMBERS.has(column) ? text.padStart(width) : text.padEnd(width);
  };
  return [title, ...rows.map((row) => `  ${row.map(cell).join('  ').trimEnd()}`)].join('\n');
}

/** The columns of requests and shares. */
const NUMBERS: ReadonlySet<number> = new Set([1, 2]);
