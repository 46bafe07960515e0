import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  ensureServiceKeys,
  GATEWAY_SERVICE,
  publicKeysFile,
  readServiceKeyFile,
  revokeServiceKeys,
  rotateServiceKey,
} from '@marquee/identity';
import { defaultStateFolder } from '@marquee/servers/state-path';

import { runCommand, UsageError } from './command.ts';
import { serviceKeysFolderIn } from './state-folder.ts';
import { subgraphNames } from './subgraphs.ts';

const SERVICES = [GATEWAY_SERVICE, ...subgraphNames()];

const USAGE = `Usage: npm run service-keys -- <command> [--folder <folder>]

The keys with which services know each other: one private file each, and services.json with all public ones.
  create               makes keys for the services that have none
  rotate <service>     makes a new key; the former one signs for --overlap seconds more, 300 by default
  revoke <service>     replaces the keys of a service at once, because somebody else may have them
  list                 shows the public keys
  --folder <folder>    of the key files; by default that of npm run start:distributed, which makes its own
The services: ${SERVICES.join(', ')}.
`;

const OPTIONS = { folder: { type: 'string' }, overlap: { type: 'string', default: '300' } } as const;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function list(folder: string): void {
  if (!existsSync(publicKeysFile(folder))) {
    throw new Error(`There are no keys in ${folder}. Make them by the command create, or name their --folder.`);
  }
  say(`In ${folder}:`);
  for (const { service, kid, nbf, exp } of readServiceKeyFile(publicKeysFile(folder))) {
    const until = exp === undefined ? '' : ` until ${dateOf(exp)}`;
    say(`${service.padEnd(16)}${kid}  signs from ${dateOf(nbf)}${until}`);
  }
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}

/** @returns the exit code */
function main(args: string[]): number {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [command, service = ''] = positionals;
  const folder = values.folder ?? serviceKeysFolderIn(defaultStateFolder(process.env));
  const overlapSeconds = Number(values.overlap);
  const isKnown = SERVICES.includes(service);
  if (command === 'create') ensureServiceKeys(folder, SERVICES);
  else if (command === 'rotate' && isKnown && overlapSeconds >= 0)
    rotateServiceKey({ folder, service, overlapSeconds });
  else if (command === 'revoke' && isKnown) revokeServiceKeys({ folder, service });
  else if (command !== 'list') throw new UsageError();
  list(folder);
  return 0;
}

await runCommand(USAGE, main);
