import { AesSecretBox, hasUnopenable, resealColumn, type SealedColumn, type SqlClient } from '@marquee/database';
import { EnvironmentError } from '@marquee/environment';

import { variableOf } from './settings.ts';

/** The columns that a subgraph seals in its database, and the keys that seal them. */
export interface Sealing<Settings> {
  /** The settings that have the keys. */
  readonly settings: readonly (keyof Settings & string)[];
  /** The keys, of 32 bytes each: the first seals, any opens. */
  keys(settings: Settings): readonly Uint8Array[];
  readonly columns: readonly SealedColumn[];
  /** Other reasons to keep former keys. */
  readonly alsoFor?: string;
}

interface Opened<Settings> {
  readonly client: SqlClient;
  readonly settings: Settings;
}

/**
 * Keeps a process from starting without a key that its database still needs, so that a key is not taken away too early.
 *
 * @throws {EnvironmentError} that says what to do
 */
export async function assertKeysKept<Settings>(
  name: string,
  sealing: Sealing<Settings>,
  { client, settings }: Opened<Settings>,
): Promise<void> {
  const box = new AesSecretBox(sealing.keys(settings));
  for (const column of sealing.columns) {
    if (!(await hasUnopenable(client, box, column))) continue;
    throw new EnvironmentError(
      `${column.table}.${column.column} has what another key sealed. Add that key to ${variablesOf(name, sealing)} again, behind the present one, and run npm run rotate:encryption -- ${name} before you take it away.`,
    );
  }
}

/**
 * Seals with the first key what others have sealed, while the subgraph runs.
 *
 * @returns what was done, and what comes next
 * @throws when no key opens a secret
 */
export async function rotateKeys<Settings>(
  name: string,
  sealing: Sealing<Settings>,
  { client, settings }: Opened<Settings>,
): Promise<string[]> {
  const keys = sealing.keys(settings);
  const box = new AesSecretBox(keys);
  const lines: string[] = [];
  let total = 0;
  for (const column of sealing.columns) {
    const count = await resealColumn(client, box, column);
    total += count;
    lines.push(`${column.table}.${column.column}: ${count} sealed anew, none left`);
  }
  return [...lines, nextStep({ ...sealing, count: total, keys: keys.length, variables: variablesOf(name, sealing) })];
}

interface Rotation extends Pick<Sealing<unknown>, 'alsoFor'> {
  readonly count: number;
  readonly keys: number;
  readonly variables: string;
}

function nextStep({ count, keys, variables, alsoFor }: Rotation): string {
  if (count > 0)
    return 'Next: run this again, once every process has the keys in this order, until it seals nothing anew.';
  if (keys === 1) {
    return `All is sealed with the one key. To replace it: add a new one behind it in ${variables} of every process, then put the new one first in every process, and run this with the same keys.`;
  }
  const former = alsoFor === undefined ? 'take them away' : `take them away, but for ${alsoFor}`;
  return `All is sealed with the first key. Next: if the others are former ones, ${former}; if one of them is new, put it first in every process, and run this again.`;
}

function variablesOf<Settings>(name: string, { settings }: Sealing<Settings>): string {
  return settings.map((setting) => variableOf(name, setting)).join(' and ');
}
