import { exitCode } from '../finding.ts';
import { tell, type ReportOptions } from './check.ts';
import type { CommandContext } from './context.ts';

/** Checks the migrations of each domain for drift. @returns the exit code */
export async function migrationsCommand(context: CommandContext, options: ReportOptions): Promise<number> {
  // Imported here because Prisma's engine and Postgres are slow to load.
  const { migrationFindings } = await import('../checks/migrations.ts');
  const { root, now, env } = context;
  const postgresUrl = env.SCHEMA_POSTGRES_URL;
  const findings = await migrationFindings({ root, now, ...(postgresUrl ? { postgresUrl } : {}) });
  const summary = ['The migrations of every domain were held against its schema.prisma.'];
  tell({ findings, summary }, context, options);
  return exitCode(findings);
}
