import type { Target } from './benchmark.ts';

/** A table whose first column is left-aligned and the others right-aligned. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const texts = rows.map((row) => row.map(cell));
  const widths = (texts[0] ?? []).map((_head, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  return texts
    .map((row) =>
      row
        .map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}

/** The targets with their figures. */
export function targetsText(targets: readonly Target[]): string {
  return table([
    ['target', 'found', 'bound', ''],
    ...targets.map(({ what, figure, bound, isMet }) => [what, figure, bound, isMet ? 'met' : 'MISSED']),
  ]);
}

function cell(value: string | number): string {
  if (typeof value === 'string') return value;
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}
