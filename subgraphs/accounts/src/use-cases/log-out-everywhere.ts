import type { Sessions } from '../domain/ports.ts';
import { type AnnounceRevocations, revokedSession } from '../domain/revocation.ts';

export interface LogOutEverywhereDeps {
  readonly sessions: Pick<Sessions, 'endAll'>;
  readonly announceRevocations: AnnounceRevocations;
  readonly now: () => Date;
}

/** Ends all sessions of a user, this one too. @returns their ids */
export async function logOutEverywhere(
  { sessions, announceRevocations, now }: LogOutEverywhereDeps,
  userId: string,
): Promise<string[]> {
  const at = now();
  const ended = await sessions.endAll(userId, at);
  await announceRevocations(ended.map((id) => revokedSession(id, at)));
  return ended;
}
