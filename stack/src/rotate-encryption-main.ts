import { AesSecretBox, openPlainClient, resealColumn } from '@marquee/database';
import { type DefinedSubgraph, variableOf } from '@marquee/subgraph';
import { z } from 'zod';

import { runCommand, UsageError } from './command.ts';
import { commandDatabases } from './command-databases.ts';
import { loadSubgraph } from './subgraphs.ts';

const USAGE = `Usage: npm run rotate:encryption -- <subgraph>

Seals with the first of a subgraph's keys what the others have sealed, while it runs. Name the keys in its variable, the
new one first, as its processes have them: ACCOUNTS_ENCRYPTION_KEY=<new>,<old>. Once it prints that none is left, take the
old key away. It may be stopped and begun again.
Exit code: 1 when no key opens one of the secrets.
`;

const keysShape = z.custom<readonly Uint8Array[]>();

/** @returns the exit code */
async function rotate(definition: DefinedSubgraph, url: string): Promise<number> {
  const boxes = Object.entries(definition.sealed ?? {}).map(
    ([setting, columns]) => [new AesSecretBox(keysOf(definition, setting)), columns] as const,
  );
  const client = await openPlainClient(url);
  try {
    for (const [box, columns] of boxes) {
      for (const column of columns) {
        const count = await resealColumn(client, box, column);
        process.stdout.write(`${column.table}.${column.column}: ${count} sealed anew, none left\n`);
      }
    }
    return 0;
  } finally {
    await client.close();
  }
}

function keysOf({ name, settings }: DefinedSubgraph, setting: string): readonly Uint8Array[] {
  const variable = variableOf(name, setting);
  const given = z.safeParse(settings.shape[setting] ?? z.never(), process.env[variable]);
  if (!given.success) throw new UsageError(`Set ${variable} to the new key and the old ones, with commas between.`);
  return keysShape.parse(given.data);
}

await runCommand(USAGE, async ([name, ...rest]) => {
  if (name === undefined || rest.length > 0) throw new UsageError();
  const definition = await loadSubgraph(name);
  if (definition.sealed === undefined) throw new UsageError(`${name} seals nothing.`);
  return rotate(definition, commandDatabases(process.env)(name));
});
