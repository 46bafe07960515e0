import { z } from 'zod';

import { code, id, ownWords } from './values.ts';

/** The event type by which a domain tells the audit log of an action, such as `booking.audited`. */
export type AuditedType = `${string}.audited`;

/** An action for the audit log. The event's own time says when. */
export const auditedAction = z.object({
  /** The user who acted. */
  actorId: id,
  /** The verb, such as `booking-review.decided`. */
  action: code,
  /** The GraphQL type of what was acted on, and its id. */
  subjectType: code,
  subjectId: id,
  /** The change, in the code's words: nothing that a person wrote. */
  detail: ownWords.nullable(),
});

export type AuditedAction = z.output<typeof auditedAction>;

/** The type of a domain's audited actions. Every domain has it without declaring it. */
export function auditedType(domain: string): AuditedType {
  return `${domain}.audited`;
}
