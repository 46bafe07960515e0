import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { StoredEvent } from './stored-events.ts';

/** The rows of a group, which is held in memory. */
const GROUP_ROWS = 50_000;

const COLUMNS = [
  { name: 'id', type: 'STRING' },
  { name: 'at', type: 'TIMESTAMP' },
  { name: 'receivedAt', type: 'TIMESTAMP' },
  { name: 'claimedAt', type: 'TIMESTAMP' },
  { name: 'visitor', type: 'STRING' },
  { name: 'suspicious', type: 'BOOLEAN' },
  { name: 'cityCode', type: 'STRING' },
  { name: 'titleId', type: 'STRING' },
  { name: 'showId', type: 'STRING' },
  { name: 'venueId', type: 'STRING' },
] as const;

/** The words of people: they are not in files unless they are asked for, since no erasure reaches them. */
const TEXT_COLUMNS = [
  { name: 'searchText', type: 'STRING' },
  { name: 'properties', type: 'JSON' },
] as const;

export interface EventFile {
  readonly file: string;
  readonly rows: AsyncIterable<StoredEvent>;
  readonly withTexts: boolean;
}

/** Writes events to a Parquet file, which is there as a whole or not at all. */
export async function writeEventFile({ file, rows, withTexts }: EventFile): Promise<void> {
  // Loaded when a file is written, which most processes never do.
  const { fileWriter, parquetWriteRows } = await import('hyparquet-writer');
  await mkdir(dirname(file), { recursive: true });
  await parquetWriteRows({
    writer: fileWriter(`${file}.new`),
    rows: withTexts ? parsed(rows) : rows,
    columns: [...COLUMNS, ...(withTexts ? TEXT_COLUMNS : [])],
    rowGroupSize: GROUP_ROWS,
  });
  const written = await open(`${file}.new`, 'r+');
  try {
    await written.sync();
  } finally {
    await written.close();
  }
  await rename(`${file}.new`, file);
}

/** The library takes JSON as values. */
async function* parsed(rows: AsyncIterable<StoredEvent>): AsyncGenerator<object> {
  for await (const row of rows) {
    yield { ...row, properties: row.properties === null ? null : (JSON.parse(row.properties) as unknown) };
  }
}
