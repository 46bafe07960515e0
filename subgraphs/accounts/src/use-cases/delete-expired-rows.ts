import type { Attempts, SecondFactors, Sessions } from '../domain/ports.ts';

/** Time that an expired session is kept. */
const RETENTION_MS = 24 * 60 * 60 * 1000;

export interface DeleteExpiredRowsDeps {
  readonly attempts: Attempts;
  readonly secondFactors: SecondFactors;
  readonly sessions: Sessions;
  readonly now: () => Date;
}

/** Deletes expired attempt windows, challenges, refresh tokens and sessions. */
export async function deleteExpiredRows({
  attempts,
  secondFactors,
  sessions,
  now,
}: DeleteExpiredRowsDeps): Promise<void> {
  const at = now();
  await attempts.deleteExpired(at);
  await secondFactors.deleteExpiredChallenges(at);
  await sessions.deleteExpired({ tokens: at, sessions: new Date(at.getTime() - RETENTION_MS) });
}
