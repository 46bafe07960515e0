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

/** Taken for the time of a migration in the database being migrated; the number has no meaning but to be ours. */
const MIGRATION_LOCK = 4_017_221_608;

const NO_FILTER = { externalTables: [], externalEnums: [] };

/**
 * Applies the domain's outstanding migrations in order and records them in `_prisma_migrations`, as
 * `prisma migrate deploy` does. Safe when several processes do it at once: the others wait and find nothing to do.
 *
 * @returns the names of the migrations applied by this call.
 * @throws when a migration fails, was changed after it was applied, or an earlier one had failed.
 */
export async function migrate({ url, folder }: DomainDatabase): Promise<string[]> {
  const domain = await readDomainFolder(folder);
  return withConnection(url, async (connection) => {
    await connection.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await appliedChecksums(connection);
    refuseChanged(domain, applied);
    // Loading the engine takes longer than all of this, and a start usually has nothing to apply.
    if (domain.migrations.every(({ name }) => applied.get(name)?.finished)) return [];
    const { appliedMigrationNames } = await withSchemaEngine(url, domain.schema, (engine) =>
      engine.applyMigrations({ migrationsList: migrationListOf(domain), filters: NO_FILTER }),
    );
    return appliedMigrationNames;
  });
}

/**
 * The SQL that would bring a migrated database to what schema.prisma says; empty when its migrations say the same.
 *
 * @param database - a scratch database to which the domain's migrations have been applied.
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

/** An edited migration would leave the databases that already have it different from new ones, silently. */
function refuseChanged(domain: DomainFolder, applied: Map<string, AppliedMigration>): void {
  for (const { name, checksum } of domain.migrations) {
    const recorded = applied.get(name);
    if (recorded?.finished && recorded.checksum !== checksum) {
      throw new Error(`Migration ${name} of ${domain.migrationsPath} was changed after it had been applied.`);
    }
  }
}
