import { createHash } from 'node:crypto';

import type { AuditEntry, AuditRecord } from '../domain/audit-entry.ts';

/** The end of a chain. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: Buffer;
}

/** The head of the empty chain. */
export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: Buffer.alloc(32) };

/** SHA-256 of the hash before, the number and the content. */
export function hashOf(entry: AuditEntry, previous: Uint8Array): Buffer {
  const { seq, eventId, at, domain, actorId, action, subjectType, subjectId, detail } = entry;
  const content = [seq, eventId, at.toISOString(), domain, actorId, action, subjectType, subjectId, detail];
  return createHash('sha256').update(previous).update(JSON.stringify(content)).digest();
}

/** The entries that records become behind a head, each with its hash. */
export function chained(head: ChainHead, records: readonly AuditRecord[]): (AuditEntry & ChainHead)[] {
  let { seq, hash } = head;
  return records.map((record) => {
    seq += 1;
    hash = hashOf({ ...record, seq }, hash);
    return { ...record, seq, hash };
  });
}

/** Why an entry does not follow a head; null when it does. */
export function faultOf(entry: AuditEntry & ChainHead, head: ChainHead): string | null {
  if (entry.seq !== head.seq + 1) return `entry ${head.seq + 1} is missing`;
  return hashOf(entry, head.hash).equals(entry.hash) ? null : `entry ${entry.seq} was changed`;
}
