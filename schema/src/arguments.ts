import { parseArgs } from 'node:util';

import { inputError } from './finding.ts';

export const HELP = `The schema registry. Exit codes: docs/schema-workflow.md.

  compose     writes the generated files: supergraph, public schema, operations manifest
                --variant <name>    prints a contract's variant of the public schema instead
  validate    reads and composes the subgraphs' SDL, as generation does when it fails
  check       compares the working tree with the published schema
  register    registers the operations of a client of another repository
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
  --client <name>     check, register: a client of another repository
    --operations <path> its documents: a file or a folder
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
  client: { type: 'string' },
  operations: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Reads the command line. @throws {RegistryError} for an unknown option, or a value that is missing */
export function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw inputError(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
}

export type Values = ReturnType<typeof parse>['values'];
