import { randomUUID } from 'node:crypto';

import { type AuditedAction, auditedAction, type AuditedType, auditedType } from './audited-action.ts';
import type { NewEvent } from './event.ts';

/** The event that puts an action into the audit log. Append it to the outbox in the transaction of the action. */
export function audited(domain: string, action: AuditedAction): NewEvent<AuditedType> {
  return { id: randomUUID(), type: auditedType(domain), key: action.subjectId, payload: auditedAction.parse(action) };
}
