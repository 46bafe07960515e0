import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { missingMigration } from '@marquee/database';
import { startThrowawayPostgres } from '@marquee/servers';

import type { Finding } from '../finding.ts';

export interface MigrationsOptions {
  readonly root: string;
  readonly now: Date;
  /** A Postgres server for scratch databases; without it, one is started temporarily. */
  readonly postgresUrl?: string;
}

/** Finds domains whose migrations drift from schema.prisma. */
export async function migrationFindings({ root, now, postgresUrl }: MigrationsOptions): Promise<Finding[]> {
  if (postgresUrl !== undefined) return findingsOn(postgresUrl, root, now);
  const server = await startThrowawayPostgres();
  try {
    return await findingsOn(server.url, root, now);
  } finally {
    await server.stop();
  }
}

async function findingsOn(serverUrl: string, root: string, now: Date): Promise<Finding[]> {
  const domains = readdirSync(join(root, 'prisma'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const findings: Finding[] = [];
  for (const { name } of domains) {
    const problem = await problemOf(serverUrl, join(root, 'prisma', name), now);
    if (problem === undefined) continue;
    findings.push({
      class: 'drift',
      rule: 'drift/migration',
      severity: 'error',
      message: `prisma/${name}: ${problem}`,
      help: `Run npm run db:migration -- ${name} <what it does>, and commit the migration.`,
      location: { file: `prisma/${name}/schema.prisma`, line: 1, column: 1 },
    });
  }
  return findings;
}

async function problemOf(serverUrl: string, folder: string, now: Date): Promise<string | undefined> {
  try {
    const sql = await missingMigration({ serverUrl, folder, now });
    return sql === '' ? undefined : `a migration is missing:\n${sql}`;
  } catch (error) {
    return `its migrations cannot be applied: ${error instanceof Error ? error.message : String(error)}`;
  }
}
