import { openPlainClient } from '@marquee/database';
import { type DefinedSubgraph, rotateKeys, type Sealing, variableOf } from '@marquee/subgraph';
import { z } from 'zod';

import { runCommand, UsageError } from './command.ts';
import { commandDatabases } from './command-databases.ts';
import { loadSubgraph } from './subgraphs.ts';

const USAGE = `Usage: npm run rotate:encryption -- <subgraph>

Seals with the first of a subgraph's keys what the others have sealed, while its processes run, and says what comes next.
Give it the keys as the processes have them, as in ACCOUNTS_ENCRYPTION_KEY=<new>,<present>.

1. Add the new key behind the present one, in every process. Each can open then what any of them seals.
2. Put the new one first, in every process. Run this until it seals nothing anew.
3. Take the former key away. A process that finds something that only the former key opens does not start.

It may be stopped and begun again.
Exit code: 1 when no key opens one of the secrets.
`;

type Given = Readonly<Record<string, unknown>>;

/** The settings that have the keys. */
function keysFrom({ name, settings }: DefinedSubgraph, sealing: Sealing<Given>): Given {
  const read = sealing.settings.map((setting) => {
    const variable = variableOf(name, setting);
    const given = z.safeParse(settings.shape[setting] ?? z.never(), process.env[variable]);
    if (!given.success) throw new UsageError(`Set ${variable}, as its processes have it.`);
    return [setting, given.data] as const;
  });
  return Object.fromEntries(read);
}

await runCommand(USAGE, async ([name, ...rest]) => {
  if (name === undefined || rest.length > 0) throw new UsageError();
  const definition = await loadSubgraph(name);
  const { sealed } = definition;
  if (sealed === undefined) throw new UsageError(`${name} seals nothing.`);
  const settings = keysFrom(definition, sealed);
  const client = await openPlainClient(commandDatabases(process.env)(name));
  try {
    process.stdout.write(`${(await rotateKeys(name, sealed, { client, settings })).join('\n')}\n`);
    return 0;
  } finally {
    await client.close();
  }
});
