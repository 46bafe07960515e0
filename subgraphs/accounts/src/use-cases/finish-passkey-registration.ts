import { badInput } from '@marquee/errors';
import { assertFreshSignIn, type UserCaller } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import type { Passkey } from '../domain/passkey.ts';
import type { PasskeyChanges } from '../domain/ports.ts';
import { MAX_NAME_LENGTH, parseDisplayName } from '../domain/profile.ts';
import { InvalidPasskeyError } from '../errors.ts';
import { announceChange, type AnnounceChangeDeps } from './announce-change.ts';
import type { PasskeyChallengeDeps } from './open-passkey-challenge.ts';

export interface FinishPasskeyRegistrationDeps extends PasskeyChallengeDeps, AnnounceChangeDeps {
  readonly passkeyChanges: Pick<PasskeyChanges, 'add'>;
}

export interface FinishPasskeyRegistrationInput {
  readonly caller: UserCaller;
  readonly challengeId: string;
  readonly response: unknown;
  readonly name: string | null;
}

/**
 * Adds a passkey that answers a challenge of this person. Other sessions end.
 *
 * @throws {InvalidPasskeyError}
 * @throws {CodedError} FORBIDDEN when the sign-in is not fresh; BAD_USER_INPUT for the name
 */
export async function finishPasskeyRegistration(
  deps: FinishPasskeyRegistrationDeps,
  { caller, challengeId, response, name: typed }: FinishPasskeyRegistrationInput,
): Promise<Passkey> {
  const at = deps.now();
  assertFreshSignIn(caller, at);
  const name = parseDisplayName(typed ?? 'Passkey');
  if (name === null) throw badInput('input.name', `Enter a name of 1 to ${MAX_NAME_LENGTH} visible characters.`);
  const { userId, sessionId } = caller;
  const opened = await deps.passkeys.useChallenge(deps.hashToken(challengeId), at);
  if (opened?.userId !== userId) throw new InvalidPasskeyError();
  const credential = await deps.ceremonies.verifyRegistration(response, opened.challenge);
  if (credential === null) throw new InvalidPasskeyError();
  const passkey = { ...credential, id: newId('psk'), userId, name, createdAt: at, lastUsedAt: null };
  const ended = await deps.passkeyChanges.add(passkey, sessionId);
  await announceChange(deps, { by: caller, detail: 'PASSKEY_ADDED', ended, at });
  return passkey;
}
