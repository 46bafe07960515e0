import { PASSKEY_CHALLENGE_MS, type PasskeyCeremonies, type PasskeyRequest } from '../domain/passkey.ts';
import type { Passkeys } from '../domain/ports.ts';
import { type HashToken, newToken, type RandomBytes } from '../domain/token.ts';

export interface PasskeyChallengeDeps {
  readonly passkeys: Passkeys;
  readonly ceremonies: PasskeyCeremonies;
  readonly random: RandomBytes;
  readonly hashToken: HashToken;
  readonly now: () => Date;
}

/** A challenge for an authenticator, and the id that answers it. */
export interface OpenedChallenge {
  readonly challengeId: string;
  /** For the browser's call. */
  readonly options: object;
}

/** Stores a challenge, which is answered once. @param userId who adds a passkey; null for a login */
export async function openPasskeyChallenge(
  { passkeys, random, hashToken, now }: PasskeyChallengeDeps,
  { challenge, options }: PasskeyRequest,
  userId: string | null,
): Promise<OpenedChallenge> {
  const challengeId = newToken('passkey', random);
  const expiresAt = new Date(now().getTime() + PASSKEY_CHALLENGE_MS);
  await passkeys.openChallenge({ hash: hashToken(challengeId), challenge, userId, expiresAt });
  return { challengeId, options };
}
