import type { RecordSecurityEvent } from '@marquee/telemetry';

import { type AnnounceRevocations, revokedSession } from '../domain/revocation.ts';
import type { SecurityChange } from '../domain/security-change.ts';
import type { SessionReference } from '../domain/session.ts';

export interface AnnounceChangeDeps {
  readonly announceRevocations: AnnounceRevocations;
  readonly securityEvent: RecordSecurityEvent;
}

/** Tells operators of a change of credentials, and verifiers of access tokens which sessions ended with it. */
export async function announceChange(
  { announceRevocations, securityEvent }: AnnounceChangeDeps,
  change: {
    by: Partial<SessionReference>;
    detail: SecurityChange | 'EMAIL_CHANGE_REQUESTED';
    ended: readonly string[];
    at: Date;
  },
): Promise<void> {
  const { userId, sessionId } = change.by;
  securityEvent('credentials-changed', { userId, sessionId, detail: change.detail });
  await announceRevocations(change.ended.map((id) => revokedSession(id, change.at)));
}
