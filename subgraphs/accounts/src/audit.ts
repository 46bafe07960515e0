import { parseArgs } from 'node:util';
import type { SqlTransaction } from '@marquee/database';

import { verifyAuditLog } from './adapters/audit-log.ts';
import { EMPTY_CHAIN } from './adapters/audit-chain.ts';

/**
 * `npm run audit:log`: the first entry of the audit log that was changed or is missing, as a line.
 *
 * @param args `--since <number>:<hash>`: an end that was printed before, which the log must still contain
 * @returns the end of the log, to be kept elsewhere
 */
export async function* audit(
  client: Pick<SqlTransaction, '$queryRaw'>,
  args: readonly string[] = [],
): AsyncGenerator<string, string> {
  const { since } = parseArgs({ args: [...args], options: { since: { type: 'string' } } }).values;
  let [end, isContained] = [nameOf(EMPTY_CHAIN), since === undefined];
  for await (const { checked, fault } of verifyAuditLog(client)) {
    const names = checked.map(nameOf);
    isContained ||= names.some((name) => name === since);
    end = names.at(-1) ?? end;
    if (fault !== null) {
      yield `${fault}; all before it is right`;
      break;
    }
  }
  if (!isContained) yield `${since} is not in the log: it was cut off or written anew`;
  return `audit log checked up to ${end}`;
}

function nameOf({ seq, hash }: { readonly seq: number; readonly hash: Buffer }): string {
  return `${seq}:${hash.toString('hex')}`;
}
