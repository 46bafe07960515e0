import { HELP, parse, type Values } from './arguments.ts';
import { candidateOf, type Files } from './commands/candidate.ts';
import { checkCommand, tell } from './commands/check.ts';
import { composeCommand } from './commands/compose.ts';
import type { CommandContext, CommandEnvironment } from './commands/context.ts';
import { diffCommand } from './commands/diff.ts';
import { migrationsCommand } from './commands/migrations.ts';
import { publishCommand } from './commands/publish.ts';
import { checkClientCommand, type Client, registerCommand } from './commands/register.ts';
import { validateCommand } from './commands/validate.ts';
import type { Composer } from './composition.ts';
import { exitCode, inputError, RegistryError } from './finding.ts';

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
    const client = clientOf(values, cli);
    refuseFor(command, candidate !== undefined, '--subgraph', ['check', 'publish']);
    refuseFor(command, client !== undefined, '--client', ['check', 'register']);
    const context: CommandContext = {
      ...cli,
      root,
      ...(base === undefined ? {} : { base }),
      ...(candidate ? { candidate } : {}),
    };
    return await run(command, context, values, client);
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const report = { findings: error.findings, summary: [] };
    tell(report, cli, { json: args.includes('--json'), github: args.includes('--github') });
    return exitCode(error.findings);
  }
}

function refuseFor(command: string, isGiven: boolean, option: string, commands: readonly string[]): void {
  if (isGiven && !commands.includes(command))
    throw inputError(`${option} is for ${commands.join(' and ')}: see --help.`);
}

/** @throws {RegistryError} when one of two arguments is missing */
function clientOf({ client: name, operations }: Values, { cwd }: CliContext): Client | undefined {
  if (name === undefined && operations === undefined) return undefined;
  if (name !== undefined && operations !== undefined) return { name, operations, cwd };
  throw inputError('--client <name> and --operations <path> belong together: see --help.');
}

async function run(command: string, context: CommandContext, values: Values, client?: Client): Promise<number> {
  switch (command) {
    case 'compose':
      composeCommand(context, values.variant);
      return 0;
    case 'validate':
      validateCommand(context);
      return 0;
    case 'check':
      return client ? checkClientCommand(context, client, values) : checkCommand(context, values);
    case 'register':
      if (!client) throw inputError('register needs --client <name> and --operations <path>: see --help.');
      return registerCommand(context, client, values);
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
