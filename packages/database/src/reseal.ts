import type { AesSecretBox } from './secret-box.ts';
import { sql, type SqlClient } from './sql-client.ts';

/** A column of sealed secrets. Its names are the code's, never a person's. */
export interface SealedColumn {
  readonly table: string;
  /** The column that tells rows apart. */
  readonly key: string;
  readonly column: string;
  /** The label of a row's secret. */
  label(key: string): string;
}

interface SealedRow {
  readonly id: string;
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
    const rows = await oldRows(client, box, column, after);
    for (const row of rows) count += await resealRow(client, box, column, row);
    const last = rows.at(-1);
    if (last === undefined) return count;
    after = last.id;
  }
}

function oldRows(client: SqlClient, box: AesSecretBox, { table, key, column }: SealedColumn, after: string) {
  const { prefix } = box;
  return client.$queryRaw<SealedRow[]>(
    sql(
      statement(
        `SELECT ${key} AS id, ${column} AS sealed FROM ${table} WHERE ${key} > `,
        ` AND substring(${column} FROM 1 FOR ${prefix.length}) <> `,
        ` ORDER BY ${key} LIMIT ${BATCH}`,
      ),
      ...[after, Buffer.from(prefix)],
    ),
  );
}

async function resealRow(
  client: SqlClient,
  box: AesSecretBox,
  { table, key, column, label }: SealedColumn,
  { id, sealed }: SealedRow,
): Promise<number> {
  const anew = Buffer.from(box.seal(label(id), box.open(label(id), sealed)));
  const parts = statement(`UPDATE ${table} SET ${column} = `, ` WHERE ${key} = `, ` AND ${column} = `, '');
  return client.$executeRaw(sql(parts, anew, id, Buffer.from(sealed)));
}

/** The texts of a statement, between its values. */
function statement(...texts: string[]): TemplateStringsArray {
  return Object.assign(texts, { raw: texts });
}
