import { parseArgs } from 'node:util';
import type { SqlTransaction } from '@marquee/database';

import { verifyAuditLog } from './adapters/audit-log.ts';
import { EMPTY_CHAIN } from './adapters/audit-chain.ts';
import { type AuditedOutbox, differencesFrom } from './adapters/audit-outboxes.ts';

/**
 * `npm run audit:log`: the first entry of the audit log that was changed or is missing, and entries that differ from what
 * the outboxes of their domains still have, as lines.
 *
 * @param args `--since <number>:<hash>`: an end that was printed before, which the log must still contain
 * @param outboxes of all domains
 * @returns the end of the log, to be kept elsewhere
 */
export async function* audit(
  client: Pick<SqlTransaction, '$queryRaw'>,
  args: readonly string[] = [],
  outboxes: AsyncIterable<AuditedOutbox> | Iterable<AuditedOutbox> = [],
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
  for await (const outbox of outboxes) yield* differencesFrom(outbox, client);
  return `audit log checked up to ${end}`;
}

function nameOf({ seq, hash }: { readonly seq: number; readonly hash: Buffer }): string {
  return `${seq}:${hash.toString('hex')}`;
}
