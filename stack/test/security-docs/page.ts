import { existsSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../../', import.meta.url);

/** A row of a table in Markdown, by the names of its columns. */
export type Row = Readonly<Record<string, string>>;

export function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

export function exists(path: string): boolean {
  return existsSync(new URL(path, ROOT));
}

/** The rows of a page's tables with these columns. */
export function rowsWith(columns: readonly string[], page: string): Row[] {
  const tables = page.split(/\n\n+/).filter((block) => block.startsWith('|'));
  return tables.flatMap((table) => {
    const [names = [], , ...rows] = table.trim().split('\n').map(cellsOf);
    if (!columns.every((column) => names.includes(column))) return [];
    return rows.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
  });
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** The tests that a cell names: a file, and the names of a test and of what it is in. */
export function testsIn(cell: string): { readonly file: string; readonly names: readonly string[] }[] {
  return cell
    .split('<br>')
    .filter((each) => each !== '' && each !== 'none')
    .map((each) => {
      const [, file = each, name = ''] = /^`([^`]+)`: (.+)$/.exec(each) ?? [];
      return { file, names: name.split(' › ') };
    });
}

/** The files and folders that a cell names. */
export function pathsIn(cell: string): string[] {
  return [...cell.matchAll(/`([\w.-]+\/[^`]*|[\w.-]+\.json)`/g)].map(([, path = '']) => path);
}
