import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationList } from '@prisma/schema-engine-wasm';
import { readSchemaFiles, type SchemaFile } from './schema-files.ts';

/** The content of a domain's `prisma/<name>` folder: its schema and its migrations. */
export interface DomainFolder {
  schema: SchemaFile[];
  migrations: Migration[];
  migrationsPath: string;
}

/** A migration: its folder's name, its SQL, and the checksum that Prisma records when applying it. */
export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** Reads schema.prisma with its includes, and the migrations, oldest first. */
export async function readDomainFolder(folder: string | URL): Promise<DomainFolder> {
  const root = folder instanceof URL ? fileURLToPath(folder) : folder;
  const migrationsPath = path.join(root, 'migrations');
  return {
    schema: await readSchemaFiles(root),
    migrations: await readMigrations(migrationsPath),
    migrationsPath,
  };
}

async function readMigrations(migrationsPath: string): Promise<Migration[]> {
  const entries = await readdir(migrationsPath, { withFileTypes: true }).catch(ifMissing([]));
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const sql = await readFile(path.join(migrationsPath, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

function ifMissing<T>(fallback: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return fallback;
    throw error;
  };
}

/** The migrations in the format of Prisma's schema engine. */
export function migrationListOf(domain: DomainFolder): MigrationList {
  return {
    baseDir: domain.migrationsPath,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: domain.migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}
