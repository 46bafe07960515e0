import { parseArgs } from 'node:util';

import { candidateOf, type Files } from './commands/candidate.ts';
import { checkCommand, tell } from './commands/check.ts';
import { composeCommand } from './commands/compose.ts';
import type { CommandContext, CommandEnvironment } from './commands/context.ts';
import { diffCommand } from './commands/diff.ts';
import { migrationsCommand } from './commands/migrations.ts';
import { publishCommand } from './commands/publish.ts';
import { validateCommand } from './commands/validate.ts';
import type { Composer } from './composition.ts';
import { exitCode, inputError, RegistryError } from './finding.ts';

const HELP = `The schema registry. Exit codes: docs/schema-workflow.md.

  compose     writes the generated files: supergraph, public schema, operations manifest
                --variant <name>    prints a contract's variant of the public schema instead
  validate    reads and composes the subgraphs' SDL, as generation does when it fails
  check       compares the working tree with the published schema
  publish     checks, publishes the working tree's SDL and writes the changelog
  diff        shows the differences from the published schema
  migrations  compares the migrations of each domain with its Prisma schema

  --root <folder>     the repository; this one by default
  --base <commit>     check, diff: a commit to compare with, such as origin/main ($SCHEMA_BASE)
  --json              prints the report as JSON
  --subgraph <name>   check, publish: a subgraph of another repository
    --sdl <file>        its SDL; - reads standard input
    --url <url>         its routing URL; the published one, or the configuration's, by default
    --delete            removes it
  --github            check: annotations, and the summary to $GITHUB_STEP_SUMMARY
  --sarif <file>      check: writes a SARIF log
  --summary <file>    check: appends a summary in Markdown
`;

const OPTIONS = {
  root: { type: 'string' },
  base: { type: 'string' },
  variant: { type: 'string' },
  json: { type: 'boolean' },
  github: { type: 'boolean' },
  sarif: { type: 'string' },
  summary: { type: 'string' },
  subgraph: { type: 'string' },
  sdl: { type: 'string' },
  url: { type: 'string' },
  delete: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** The environment of a command-line program. */
export interface CliContext extends Files {
  readonly env: CommandEnvironment;
  readonly now: Date;
  readonly compose: Composer;
  /** The repository, unless `--root` names another. */
  readonly root: string;
  readonly out: (text: string) => void;
}

/** Runs the command line of the registry. @returns the exit code */
export async function main(args: readonly string[], cli: CliContext): Promise<number> {
  try {
    const { values, positionals } = parse(args);
    if (values.help) {
      cli.out(HELP);
      return 0;
    }
    const [command = '', ...rest] = positionals;
    if (rest.length > 0) throw inputError(`Unknown arguments: ${rest.join(' ')}`);
    const { root = cli.root, base = cli.env.SCHEMA_BASE || undefined } = values;
    const candidate = candidateOf(values, cli);
    if (candidate && !['check', 'publish'].includes(command)) {
      throw inputError('--subgraph is an argument of check and publish: see --help.');
    }
    const context: CommandContext = {
      ...cli,
      root,
      ...(base === undefined ? {} : { base }),
      ...(candidate ? { candidate } : {}),
    };
    return await run(command, context, values);
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const report = { findings: error.findings, changes: [], subgraphChanges: new Map(), summary: [] };
    tell(report, cli, { json: args.includes('--json'), github: args.includes('--github') });
    return exitCode(error.findings);
  }
}

type Values = ReturnType<typeof parse>['values'];

async function run(command: string, context: CommandContext, values: Values): Promise<number> {
  switch (command) {
    case 'compose':
      composeCommand(context, values.variant);
      return 0;
    case 'validate':
      validateCommand(context);
      return 0;
    case 'check':
      return checkCommand(context, values);
    case 'publish':
      return publishCommand(context, values);
    case 'diff':
      await diffCommand(context, values.json ?? false);
      return 0;
    case 'migrations':
      return migrationsCommand(context, values);
    default:
      throw inputError(`${command === '' ? 'No command' : `No command ${command}`}: see --help.`);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw inputError(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
}
