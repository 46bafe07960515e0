import type { Invitations } from '../domain/organisation-ports.ts';
import type { DataExports } from '../domain/data-export.ts';
import type { Attempts, MailTokens, Passkeys, ProviderIdentities, SecondFactors, Sessions } from '../domain/ports.ts';
import { KNOWN_DEVICE_MS } from '../domain/session.ts';

/** Time that a session is kept after its end. */
const RETENTION_MS = 24 * 60 * 60 * 1000;

export interface DeleteExpiredRowsDeps {
  readonly attempts: Attempts;
  readonly dataExports: Pick<DataExports, 'deleteExpired'>;
  readonly mailTokens: Pick<MailTokens, 'deleteExpired'>;
  readonly passkeys: Pick<Passkeys, 'deleteExpiredChallenges'>;
  readonly invitations: Pick<Invitations, 'deleteExpired'>;
  readonly identities: Pick<ProviderIdentities, 'deleteExpired'>;
  readonly secondFactors: SecondFactors;
  readonly sessions: Sessions;
  readonly now: () => Date;
}

/** Ends expired sessions, and deletes what has expired: attempt windows, data exports, challenges, tokens, invitations, sessions and known devices. */
export async function deleteExpiredRows({
  attempts,
  dataExports,
  mailTokens,
  passkeys,
  invitations,
  identities,
  secondFactors,
  sessions,
  now,
}: DeleteExpiredRowsDeps): Promise<void> {
  const at = now();
  const ago = (ms: number): Date => new Date(at.getTime() - ms);
  await attempts.deleteExpired(at);
  await dataExports.deleteExpired(at);
  await mailTokens.deleteExpired(at);
  await passkeys.deleteExpiredChallenges(at);
  await invitations.deleteExpired(at);
  await identities.deleteExpired(at);
  await secondFactors.deleteExpiredChallenges(at);
  await sessions.endExpired(at);
  await sessions.deleteExpired({ tokens: at, sessions: ago(RETENTION_MS), devices: ago(KNOWN_DEVICE_MS) });
}
