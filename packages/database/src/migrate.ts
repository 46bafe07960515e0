import type pg from 'pg';
import { withConnection } from './databases.ts';
import { type DomainFolder, migrationListOf, readDomainFolder } from './domain-folder.ts';
import { withSchemaEngine } from './schema-engine.ts';

/** A database and the `prisma/<name>` folder that describes it. */
export interface DomainDatabase {
  url: string;
  /** The folder of schema.prisma and migrations/. */
  folder: string | URL;
}

/** The key of the advisory lock that a migration holds; an arbitrary number. */
const MIGRATION_LOCK = 4_017_221_608;

const NO_FILTER = { externalTables: [], externalEnums: [] };

/**
 * Applies the domain's pending migrations in order and records them in `_prisma_migrations`, as `prisma migrate deploy`
 * does. Processes that migrate concurrently wait for the first, and find nothing to do.
 *
 * @returns the names of the migrations applied by this call
 * @throws when a migration fails, failed before, or was edited after it had been applied
 */
export async function migrate({ url, folder }: DomainDatabase): Promise<string[]> {
  const domain = await readDomainFolder(folder);
  return withConnection(url, async (connection) => {
    await connection.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await appliedChecksums(connection);
    rejectEdited(domain, applied);
    // Usually there is nothing to apply, and loading the engine takes longer than finding that out.
    if (domain.migrations.every(({ name }) => applied.get(name)?.finished)) return [];
    const { appliedMigrationNames } = await withSchemaEngine(url, domain.schema, (engine) =>
      engine.applyMigrations({ migrationsList: migrationListOf(domain), filters: NO_FILTER }),
    );
    return appliedMigrationNames;
  });
}

/**
 * The SQL that would bring a migrated database in line with schema.prisma; empty when there is no drift.
 *
 * @param database - a scratch database to which the domain's migrations have been applied
 */
export async function driftOf({ url, folder }: DomainDatabase): Promise<string> {
  const { schema } = await readDomainFolder(folder);
  const { stdout } = await withSchemaEngine(url, schema, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files: schema, configDir: '' },
      to: { tag: 'schemaDatamodel', files: schema },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    }),
  );
  const statements = (stdout ?? '').trim();
  return statements === '-- This is an empty migration.' ? '' : statements;
}

interface AppliedMigration {
  checksum: string;
  finished: boolean;
}

async function appliedChecksums(connection: pg.Client): Promise<Map<string, AppliedMigration>> {
  const { rows: tables } = await connection.query<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  );
  if (!tables[0]?.found) return new Map();
  const { rows } = await connection.query<AppliedMigration & { name: string }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  return new Map(rows.map((row) => [row.name, row]));
}

/** Rejects edited migrations, which would silently make existing databases differ from new ones. */
function rejectEdited(domain: DomainFolder, applied: Map<string, AppliedMigration>): void {
  for (const { name, checksum } of domain.migrations) {
    const recorded = applied.get(name);
    if (recorded?.finished && recorded.checksum !== checksum) {
      throw new Error(
        `Migration ${name} of ${domain.migrationsPath} was changed after it had been applied. ` +
          'Restore it, and put the change in a new migration.',
      );
    }
  }
}
