import { badInput } from '@marquee/errors';

import type { AuditEntry } from '../domain/audit-entry.ts';
import { type AuditFilter, describeFilter, isPossible } from '../domain/audit-filter.ts';

export interface ReadAuditLogDeps {
  readonly auditLog: {
    page(filter: AuditFilter, page: { limit: number; before: number | null }): Promise<AuditEntry[]>;
  };
  /** Puts the reading itself into the log. */
  readonly recordReading: (actorId: string, detail: string) => Promise<void>;
}

/** A page of the audit log, the latest first. The reading is in the log before anything is read. */
export async function readAuditLog(
  { auditLog, recordReading }: ReadAuditLogDeps,
  { actorId, filter, page }: { actorId: string; filter: AuditFilter; page: { limit: number; before: number | null } },
): Promise<AuditEntry[]> {
  if (filter.from && filter.to && filter.from >= filter.to) {
    throw badInput('filter.to', 'The end must be after the start.');
  }
  if (!isPossible(filter)) return [];
  await recordReading(actorId, describeFilter(filter));
  return auditLog.page(filter, page);
}
