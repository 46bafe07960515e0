import type { DefinedSubgraph } from '@marquee/subgraph';

/** Who may read each field of subgraphs, and where that is decided, as lines of one table. */
export function policiesTable(definitions: readonly Pick<DefinedSubgraph, 'name' | 'policies'>[]): string[] {
  const rows = definitions.flatMap(({ name, policies }) =>
    [...policies()]
      .filter(([coordinate]) => !/^_|\._/.test(coordinate))
      .map(([coordinate, { description, source }]) => [name, coordinate, description, source]),
  );
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}
