/**
 * Writes a domain's next migration from the difference between its migrations and its schema.prisma:
 *
 *     npm run db:migration -- accounts "add locale"
 *
 * Works on a scratch database: of DATABASE_URL's server when that is given, else of a Postgres started for the purpose.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { createMigration } from '@marquee/database';
import { startThrowawayPostgres } from '@marquee/servers';

const [domain, ...words] = process.argv.slice(2);
const folder = path.join(import.meta.dirname, domain ?? '');
const domains = readdirSync(import.meta.dirname).filter((name) =>
  existsSync(path.join(import.meta.dirname, name, 'schema.prisma')),
);

if (domain === undefined || words.length === 0) {
  console.error(
    'Usage: npm run db:migration -- <domain> <name>, such as npm run db:migration -- accounts "add locale"',
  );
  process.exitCode = 2;
} else if (!domains.includes(domain)) {
  console.error(`There is no domain ${domain}. Name one of ${domains.join(', ')}.`);
  process.exitCode = 2;
} else {
  const file = await onServer((serverUrl) =>
    createMigration({ serverUrl, folder, name: words.join(' '), now: new Date() }),
  );
  console.log(file === undefined ? 'The migrations already say what schema.prisma says.' : path.relative('.', file));
}

async function onServer<T>(work: (serverUrl: string) => Promise<T>): Promise<T> {
  const given = process.env['DATABASE_URL'];
  return given === undefined ? onTemporaryServer(work) : work(given);
}

async function onTemporaryServer<T>(work: (serverUrl: string) => Promise<T>): Promise<T> {
  const server = await startThrowawayPostgres();
  try {
    return await work(server.url);
  } finally {
    await server.stop();
  }
}
