import type { AesSecretBox } from './secret-box.ts';
import { sql, type SqlClient } from './sql-client.ts';

/** A column of sealed secrets. Its names are the code's, never a person's. */
export interface SealedColumn {
  readonly table: string;
  /** The column that tells rows apart. */
  readonly key: string;
  readonly column: string;
  /** The column that the label is made from; the key by default. */
  readonly labelled?: string;
  /** The label of a row's secret. */
  label(of: string): string;
}

interface SealedRow {
  readonly id: string;
  readonly labelled: string;
  readonly sealed: Uint8Array;
}

const BATCH = 200;

/**
 * Seals with the box's first key what others have sealed. Each row is one conditional update, so services go on meanwhile,
 * and a run that was stopped is begun again.
 *
 * @returns how many were sealed anew
 * @throws when no key of the box opens one
 */
export async function resealColumn(client: SqlClient, box: AesSecretBox, column: SealedColumn): Promise<number> {
  let count = 0;
  for (let after = ''; ;) {
    const rows = await rowsOfOthers(client, column, { prefixes: box.prefixes.slice(0, 1), after });
    for (const row of rows) count += await resealRow(client, box, column, row);
    const last = rows.at(-1);
    if (last === undefined) return count;
    after = last.id;
  }
}

/** Whether no key of the box opens a secret of the column. What names its key is decided by that alone. */
export async function hasUnopenable(client: SqlClient, box: AesSecretBox, column: SealedColumn): Promise<boolean> {
  const rows = await rowsOfOthers(client, column, { prefixes: box.prefixes, after: '' });
  return rows.some(({ labelled, sealed }) => {
    try {
      box.open(column.label(labelled), sealed);
      return false;
    } catch {
      return true;
    }
  });
}

/** Some rows that begin with none of the prefixes. */
function rowsOfOthers(
  client: SqlClient,
  { table, key, column, labelled = key }: SealedColumn,
  { prefixes, after }: { readonly prefixes: readonly Uint8Array[]; readonly after: string },
) {
  const length = prefixes[0]?.length ?? 0;
  return client.$queryRaw<SealedRow[]>(
    sql(
      statement(
        `SELECT ${key} AS id, ${labelled} AS labelled, ${column} AS sealed FROM ${table} WHERE ${key} > `,
        ` AND encode(substring(${column} FROM 1 FOR ${length}), 'hex') <> ALL (`,
        `) ORDER BY ${key} LIMIT ${BATCH}`,
      ),
      ...[after, prefixes.map((prefix) => Buffer.from(prefix).toString('hex'))],
    ),
  );
}

async function resealRow(
  client: SqlClient,
  box: AesSecretBox,
  { table, key, column, label }: SealedColumn,
  { id, labelled, sealed }: SealedRow,
): Promise<number> {
  const anew = Buffer.from(box.seal(label(labelled), box.open(label(labelled), sealed)));
  const parts = statement(`UPDATE ${table} SET ${column} = `, ` WHERE ${key} = `, ` AND ${column} = `, '');
  return client.$executeRaw(sql(parts, anew, id, Buffer.from(sealed)));
}

/** The texts of a statement, between its values. */
function statement(...texts: string[]): TemplateStringsArray {
  return Object.assign(texts, { raw: texts });
}
