import { readdirSync } from 'node:fs';
import { databaseUrl, driftOf, ensureDatabase, migrate } from '@marquee/database';
import { startThrowawayPostgres } from './servers/index.ts';

/** Exits with 1 when the migrations of a domain do not lead to what its schema.prisma says. */
const prisma = new URL('../../../prisma/', import.meta.url);
const domains = readdirSync(prisma, { withFileTypes: true }).filter((entry) => entry.isDirectory());

const server = await startThrowawayPostgres();
try {
  for (const { name } of domains) {
    const database = { url: databaseUrl(server.url, name), folder: new URL(`${name}/`, prisma) };
    await ensureDatabase(database.url);
    await migrate(database);
    const drift = await driftOf(database);
    console.log(drift === '' ? `${name}: migrations and schema agree` : `${name}: a migration is missing:\n${drift}`);
    if (drift !== '') process.exitCode = 1;
  }
} finally {
  await server.stop();
}
