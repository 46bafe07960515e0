import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { dropDatabase, ensureDatabase } from './databases.ts';
import { readDomainFolder } from './domain-folder.ts';
import { driftOf, migrate } from './migrate.ts';

/** What is needed to write a domain's next migration. */
export interface NewMigration {
  /** A Postgres server on which a scratch database may be made; it is dropped at the end. */
  serverUrl: string;
  /** The domain's `prisma/<name>` folder. */
  folder: string | URL;
  /** What the migration does, in a few words; becomes part of its folder's name. */
  name: string;
  now: Date;
}

/**
 * Writes the next migration: the SQL from what the existing migrations make to what schema.prisma says. It is not
 * applied; what Prisma cannot express (checks, partial indexes, partitions) is to be added to the file by hand.
 *
 * @returns the path of the migration.sql, or undefined when there is no difference.
 */
export async function createMigration({ name, ...domain }: NewMigration): Promise<string | undefined> {
  const sql = await missingMigration(domain);
  if (sql === '') return undefined;
  return writeMigration(domain.folder, `${timestamp(domain.now)}_${snakeCase(name)}`, sql);
}

/** The SQL from what a domain's migrations make to what its schema.prisma says; empty when they say the same. */
export async function missingMigration({ serverUrl, folder, now }: Omit<NewMigration, 'name'>): Promise<string> {
  const url = scratchDatabase(serverUrl, now);
  await ensureDatabase(url);
  try {
    await migrate({ url, folder });
    return await driftOf({ url, folder });
  } finally {
    await dropDatabase(url);
  }
}

async function writeMigration(folder: string | URL, name: string, sql: string): Promise<string> {
  const { migrationsPath } = await readDomainFolder(folder);
  const file = path.join(migrationsPath, name, 'migration.sql');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${sql}\n`);
  // Prisma's own command line asks for it.
  await writeFile(path.join(migrationsPath, 'migration_lock.toml'), 'provider = "postgresql"\n');
  return file;
}

function scratchDatabase(serverUrl: string, now: Date): string {
  const url = new URL(serverUrl);
  url.pathname = `/marquee_scratch_${process.pid}_${now.getTime()}`;
  return url.href;
}

/** The form of Prisma's: `20260131235959`. */
function timestamp(now: Date): string {
  return now.toISOString().replace(/\D/g, '').slice(0, 14);
}

function snakeCase(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}
