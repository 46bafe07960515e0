import { databaseUrl, ensureDatabase } from '../../../packages/database/src/databases.ts';
import { connect } from '../../../packages/database/src/connect.ts';
import { migrate } from '../../../packages/database/src/migrate.ts';
import type { SqlDatabase } from '../../../packages/database/src/sql-client.ts';
import { startThrowawayPostgres } from '../../../packages/servers/src/index.ts';
import { PrismaClient } from '../../../prisma/search/generated/client.ts';
import { SESSION } from '../../../subgraphs/search/src/adapters/session.ts';
import { SlotRepository } from '../../../subgraphs/search/src/adapters/slots.ts';
import { StoredDocuments } from '../../../subgraphs/search/src/adapters/stored-documents.ts';
import { StoredSignals } from '../../../subgraphs/search/src/adapters/stored-signals.ts';
import { type Document, indexed } from '../../../subgraphs/search/src/domain/document.ts';
import { generator, randomFrom } from './documents.ts';

/** Indexes that are made after the rows are there: filling them row by row takes far longer. */
const LATE_INDEXES = ['documents_words', 'documents_hot_words', 'documents_place', 'documents_cold_names'];
const BATCH = 2_000;
/** Documents that somebody looked at or booked. */
const VISITED_SHARE = 0.1;

export interface World {
  readonly client: PrismaClient & SqlDatabase;
  /** A share of the documents, to make queries of. */
  readonly sample: readonly Document[];
  stop(): Promise<void>;
}

/** A read model of so many generated documents, filled as a rebuild does it. */
export async function openWorld(count: number): Promise<World> {
  const server = await startThrowawayPostgres();
  const url = databaseUrl(server.url, 'search');
  await ensureDatabase(url);
  await migrate({ url, folder: new URL('../../../prisma/search', import.meta.url) });
  const client = connect(PrismaClient, {
    url,
    poolSize: 4,
    session: [...SESSION, 'maintenance_work_mem=512MB'],
  });
  const sample = await fill(client, count);
  return {
    client,
    sample,
    stop: async () => {
      await client.$disconnect();
      await server.stop();
    },
  };
}

async function fill(client: SqlDatabase, count: number): Promise<Document[]> {
  const definitions = await client.$queryRaw<{ indexname: string; indexdef: string }[]>`
    SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY (${LATE_INDEXES}::text[])`;
  for (const { indexname } of definitions) await run(client, `DROP INDEX ${indexname}`);
  await addPopularity(client, count);
  const slots = new SlotRepository(client);
  const slot = await slots.begin();
  const sample: Document[] = [];
  let batch: Document[] = [];
  const flush = async (): Promise<void> => {
    await new StoredDocuments(client).add(batch.map(indexed), 'BUILDING');
    batch = [];
  };
  for (const document of generator(7).documents(count)) {
    batch.push(document);
    if (sample.length < 2_000 && batch.length % Math.ceil(count / 2_000) === 0) sample.push(document);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  for (const { indexdef } of definitions) await run(client, indexdef.replace(' ON ONLY ', ' ON '));
  await slots.swap(slot);
  await run(client, 'VACUUM ANALYZE documents, words');
  return sample;
}

async function addPopularity(client: SqlDatabase, count: number): Promise<void> {
  const random = randomFrom(11);
  const interests = Array.from({ length: count }, (_each, index) => index).flatMap((index) =>
    random() < VISITED_SHARE ? [{ titleId: `ttl_${index}`, weight: 1 / (random() + 1e-3), at: new Date() }] : [],
  );
  await new StoredSignals(client).addInterests(interests);
}

function run(client: SqlDatabase, statement: string): PromiseLike<number> {
  return client.$executeRaw(Object.assign([statement], { raw: [statement] }));
}
