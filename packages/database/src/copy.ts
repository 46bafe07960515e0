import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import copyStreams from 'pg-copy-streams';

/** Sends rows to a table, in Postgres's text format. @param statement `COPY … FROM STDIN` */
export async function copyIn(connection: pg.ClientBase, statement: string, rows: Iterable<Buffer>): Promise<void> {
  await pipeline(Readable.from(rows, { objectMode: false }), connection.query(copyStreams.from(statement)));
}
