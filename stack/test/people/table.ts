import type { Attempt, Row } from './row.ts';

const HEAD = ['operation', 'may', 'may not', 'bad input'];

/** Rows as a table of who is asked, and what they get. */
export function tableOf(rows: readonly (readonly [string, Row])[]): string {
  const lines = rows.map(([name, { may, mayNot, bad }]) => [
    name,
    cell(may, 'a test of its own'),
    cell(mayNot, 'everybody may'),
    cell(bad, 'no input'),
  ]);
  const table = [HEAD, ...lines];
  const widths = HEAD.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)) + 2);
  const text = table.map((line) => line.map((value, column) => value.padEnd(widths[column] ?? 0)).join(''));
  return `${text.map((line) => line.trimEnd()).join('\n')}\n`;
}

function cell(attempted: Attempt | null, otherwise: string): string {
  return attempted ? `${attempted.as}: ${attempted.gives}` : otherwise;
}
