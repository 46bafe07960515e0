import { CodedError } from '@marquee/errors';
import type { SecurityEventFields, SecurityEventKind } from '@marquee/telemetry';

export type RefusedCredentialKind = Extract<
  SecurityEventKind,
  'invalid-token' | 'revoked-token-used' | 'invalid-service-token'
>;

/** A credential that an honest client does not send; one that has merely expired is no such. */
export class RefusedCredentialError extends CodedError {
  /** As security events name it. */
  readonly kind: RefusedCredentialKind;
  /** Known facts about it, for the log. */
  readonly fields: SecurityEventFields;

  constructor(kind: RefusedCredentialKind, message: string, fields: SecurityEventFields = {}) {
    super('UNAUTHENTICATED', message);
    this.kind = kind;
    this.fields = fields;
  }
}
