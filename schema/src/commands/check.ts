import { randomUUID } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { redisUsage } from '@marquee/schema-usage';

import { check } from '../checks/check.ts';
import type { Report } from '../checks/report.ts';
import { exitCode } from '../finding.ts';
import { reportAsAnnotations, shownByGithub } from '../output/github.ts';
import { reportAsJson } from '../output/json.ts';
import { reportAsMarkdown } from '../output/markdown.ts';
import { reportAsSarif } from '../output/sarif.ts';
import { reportAsText } from '../output/text.ts';
import { readRegistry } from '../registry/registry.ts';
import type { CommandContext, CommandEnvironment } from './context.ts';

/** The output of a report. */
export interface ReportOptions {
  readonly json?: boolean | undefined;
  readonly github?: boolean | undefined;
  /** A SARIF file to write. */
  readonly sarif?: string | undefined;
  /** A file to append a Markdown summary to. */
  readonly summary?: string | undefined;
}

/** Checks the working tree. @returns the exit code */
export async function checkCommand(context: CommandContext, options: ReportOptions): Promise<number> {
  const registry = readRegistry(context);
  const usage = usageStore(context.env);
  try {
    const report = await check(registry, usage);
    tell(report, context, options);
    return exitCode(report.findings);
  } finally {
    await usage?.close();
  }
}

/** Writes a report in every requested format. */
export function tell(report: Report, { out, env }: Pick<CommandContext, 'out' | 'env'>, options: ReportOptions): void {
  if (options.json) out(reportAsJson(report));
  else if (options.github) out(shownByGithub(reportAsText(report), randomUUID()) + reportAsAnnotations(report));
  else out(reportAsText(report));
  if (options.sarif !== undefined) writeFileSync(resolve(options.sarif), reportAsSarif(report));
  const summary = options.summary ?? (options.github ? env.GITHUB_STEP_SUMMARY : undefined);
  if (summary) appendFileSync(resolve(summary), reportAsMarkdown(report));
}

export function usageStore({ SCHEMA_USAGE_REDIS_URL: url, SCHEMA_USAGE_NAMESPACE: namespace }: CommandEnvironment) {
  return url ? redisUsage({ url, ...(namespace ? { namespace } : {}) }) : undefined;
}
