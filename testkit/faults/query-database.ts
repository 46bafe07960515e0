import { withConnection } from '@marquee/database';

/** The rows of one statement. */
export async function queryDatabase<Row>(url: string, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  const { rows } = await withConnection(url, (connection) => connection.query(sql, [...values]));
  return rows as Row[];
}
