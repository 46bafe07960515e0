import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { dropDatabase, ensureDatabase } from './databases.ts';
import { readDomainFolder } from './domain-folder.ts';
import { driftOf, migrate } from './migrate.ts';

/** The input to write a domain's next migration. */
export interface NewMigration {
  /** A Postgres server to create a scratch database on; it is dropped at the end. */
  serverUrl: string;
  /** The domain's `prisma/<name>` folder. */
  folder: string | URL;
  /** A short description of the change; becomes part of the folder's name. */
  name: string;
  now: Date;
}

/**
 * Writes the next migration without applying it: the SQL that leads from the existing migrations to schema.prisma.
 * Add by hand what Prisma cannot express (checks, partial indexes, partitions).
 *
 * @returns the path of the migration.sql, or undefined when there is no difference
 */
export async function createMigration({ name, ...domain }: NewMigration): Promise<string | undefined> {
  const sql = await missingMigration(domain);
  if (sql === '') return undefined;
  return writeMigration(domain.folder, `${timestamp(domain.now)}_${snakeCase(name)}`, sql);
}

/** The SQL that leads from a domain's migrations to its schema.prisma; empty when there is no difference. */
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
  // Required by Prisma's own command line.
  await writeFile(path.join(migrationsPath, 'migration_lock.toml'), 'provider = "postgresql"\n');
  return file;
}

function scratchDatabase(serverUrl: string, now: Date): string {
  const url = new URL(serverUrl);
  url.pathname = `/marquee_scratch_${process.pid}_${now.getTime()}`;
  return url.href;
}

/** A timestamp in Prisma's format: `20260131235959`. */
function timestamp(now: Date): string {
  return now.toISOString().replace(/\D/g, '').slice(0, 14);
}

function snakeCase(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}
