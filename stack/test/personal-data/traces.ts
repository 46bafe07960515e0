import { query } from '../server-process.ts';

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

const COLUMNS = `
  SELECT relname AS "table", attname AS "column", format_type(atttypid, NULL) AS type
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
    AND attnum > 0 AND NOT attisdropped
    AND format_type(atttypid, NULL) ~ '^(text|character|json|bytea|uuid)'
  ORDER BY relname, attnum`;

/** The columns of a database whose rows contain a text, as `table.column`. @param text letters, digits and dots */
export async function tracesOf(databaseUrl: string, text: string): Promise<string[]> {
  const columns = (await query(databaseUrl, COLUMNS)) as Column[];
  const tables = [...new Set(columns.map(({ table }) => table))];
  const found = await Promise.all(
    tables.map((table) =>
      columnsWith(
        databaseUrl,
        table,
        columns.filter((each) => each.table === table),
        text,
      ),
    ),
  );
  return found.flat();
}

async function columnsWith(databaseUrl: string, table: string, columns: readonly Column[], text: string) {
  const tests = columns.map(({ column, type }) => {
    const shown = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
    return `bool_or(${shown} ILIKE '%${text}%') AS "${column}"`;
  });
  const [row] = (await query(databaseUrl, `SELECT ${tests.join(', ')} FROM "${table}"`)) as Record<string, boolean>[];
  return Object.entries(row ?? {}).flatMap(([column, isFound]) => (isFound ? [`${table}.${column}`] : []));
}
