import { parseArgs } from 'node:util';
import { readRedisUrl } from '@marquee/servers/state-path';
import { DamagedUsageError, redisUsage, type UsageSource, UsageUnavailableError } from '@marquee/schema-usage';
import { buildSchema } from 'graphql';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportAsPage } from './page.ts';
import { visibleCoordinates } from './public-schema.ts';
import { registeredUses } from './registered-uses.ts';
import { reportAsText } from './text.ts';
import { usageReport, type UsageReport } from './usage-report.ts';

const HELP = `Usage: npm run schema:usage -- [--days <n>] [--client <name>] [--json] [--html <file>]

Shows which client uses which part of the public schema, deprecated coordinates in use, and unused ones.

  --days <n>        how far back; 30 by default
  --client <name>   what this client uses, and what it does not
  --json            the report for programs
  --html <file>     writes the report as a page

SCHEMA_USAGE_REDIS_URL (or REDIS_URL) names the Redis of the gateways, the local stack's by default;
SCHEMA_USAGE_NAMESPACE the prefix of their keys, marquee by default.

Exit codes: 0 done, 1 the store cannot be reached, 2 a record of it is damaged, 3 the command makes no sense.
`;

export interface UsageCliContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder of the registry. */
  readonly schemaFolder: string;
  /** The folder in which the local stack keeps what it needs between two starts. */
  readonly stackFolder: string;
  readonly now: Date;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

const DAY_MS = 86_400_000;

/** Runs the command. @returns the exit code */
export async function main(parameters: readonly string[], context: UsageCliContext): Promise<number> {
  let options: Options;
  try {
    options = optionsOf(parameters);
  } catch (error) {
    context.error(`${(error as Error).message}\n\n${HELP}`);
    return 3;
  }
  if (options.help) return (context.out(HELP), 0);
  const url = storeUrl(context);
  if (url === undefined) {
    context.error('There is no usage store: start the local stack, or set SCHEMA_USAGE_REDIS_URL.\n');
    return 1;
  }
  const namespace = context.environment['SCHEMA_USAGE_NAMESPACE'];
  const usage = redisUsage({ url, ...(namespace ? { namespace } : {}) });
  try {
    write(await reportOf(usage, options, context), options, context);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageUnavailableError || error instanceof DamagedUsageError)) throw error;
    context.error(`${error.message}\n`);
    return error instanceof DamagedUsageError ? 2 : 1;
  } finally {
    await usage.close();
  }
}

interface Options {
  readonly days: number;
  readonly client: string | undefined;
  readonly json: boolean;
  readonly html: string | undefined;
  readonly help: boolean;
}

/** @throws when the arguments are invalid */
function optionsOf(parameters: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      days: { type: 'string', default: '30' },
      client: { type: 'string' },
      json: { type: 'boolean', default: false },
      html: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > 3_650)
    throw new Error(`--days ${values.days} is not a number of days`);
  return { ...values, days, client: values.client, html: values.html };
}

/** The Redis in the environment, or that of the local stack. */
function storeUrl({ environment, stackFolder }: UsageCliContext): string | undefined {
  return environment['SCHEMA_USAGE_REDIS_URL'] || environment['REDIS_URL'] || readRedisUrl(stackFolder);
}

async function reportOf(
  usage: UsageSource,
  { days, client }: Options,
  { schemaFolder, now }: UsageCliContext,
): Promise<UsageReport> {
  const schema = buildSchema(readFileSync(join(schemaFolder, 'api.graphql'), 'utf8'), { assumeValidSDL: true });
  const coordinates = visibleCoordinates(schema);
  const since = new Date(now.getTime() - days * DAY_MS);
  const [records, totals] = await Promise.all([
    usage.usageOf([...coordinates.map(({ coordinate }) => coordinate)], since),
    usage.totals(since),
  ]);
  const registered = registeredUses(schema, join(schemaFolder, 'clients'));
  return usageReport({ coordinates, records, totals, registered, since, until: now, client });
}

function write(report: UsageReport, { json, html }: Options, { out }: UsageCliContext): void {
  if (html !== undefined) writeFileSync(html, reportAsPage(report));
  if (json) out(`${JSON.stringify(report, null, 2)}\n`);
  else if (html === undefined) out(reportAsText(report));
  else out(`written  ${html}\n`);
}
