import type { Caller, Device } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import type { ProviderIdentities, Users } from '../domain/ports.ts';
import type { ProviderIdentity, ProviderSignIn } from '../domain/sign-in-provider.ts';
import { parseReferralCode } from '../domain/referral-code.ts';
import type { User } from '../domain/user.ts';
import { ProviderSignInError } from '../errors.ts';
import { announceChange, type AnnounceChangeDeps } from './announce-change.ts';
import { type ChallengeIssued, completeSignIn, type CompleteSignInDeps } from './complete-sign-in.ts';
import type { Grant } from './open-session.ts';

export interface FinishProviderSignInDeps extends CompleteSignInDeps, AnnounceChangeDeps {
  readonly users: Pick<Users, 'credentialsOfUser' | 'findByEmail'>;
  readonly identities: ProviderIdentities;
}

export interface FinishProviderSignInInput {
  readonly code: string;
  /** Of the person who invited whoever signs up. */
  readonly referralCode?: string | null | undefined;
  readonly caller: Caller;
  readonly device: Device;
}

const EXPIRED = 'This sign-in has expired. Start it again.';
const UNVERIFIED =
  'Your provider has not confirmed your email address. Confirm it there, or create an account with a password.';
const LINK_FIRST =
  'An account with your email address exists. Sign in to it with your password, and then link this provider to it.';

/**
 * Exchanges the code of a sign-in with a provider for a session, or for a challenge where the account has a second factor.
 *
 * A provider is believed about an address that it has verified. An account with this address is signed in to only if the
 * address is verified here too: somebody else may have signed up with it.
 *
 * @throws {ProviderSignInError}
 * @throws {CodedError} BAD_USER_INPUT for what cannot be the code of an invitation; the sign-in can then be finished without
 */
export async function finishProviderSignIn(
  deps: FinishProviderSignInDeps,
  { code, referralCode, caller, device }: FinishProviderSignInInput,
): Promise<Grant | ChallengeIssued> {
  const at = deps.now();
  const invitedBy = parseReferralCode(referralCode, 'referralCode');
  const signIn = await deps.identities.useSignIn(deps.hashToken(code), at);
  if (signIn === null) throw new ProviderSignInError(EXPIRED);
  const userId =
    signIn.linkTo === null ? await userOf(deps, signIn, invitedBy, at) : await linked(deps, signIn, caller, at);
  const credentials = await deps.users.credentialsOfUser(userId);
  const answer = credentials && (await completeSignIn(deps, credentials, device));
  if (answer === null) throw new ProviderSignInError(EXPIRED);
  return answer;
}

/** The account of the person, which is found, linked or created. @returns its id */
async function userOf(
  { identities, users }: FinishProviderSignInDeps,
  signIn: ProviderSignIn,
  invitedBy: string | null,
  at: Date,
): Promise<string> {
  const known = await identities.signInWith(signIn, at);
  if (known !== null) return known;
  const { email, emailVerified } = signIn;
  if (email === null || !emailVerified) throw new ProviderSignInError(UNVERIFIED);
  const user = await users.findByEmail(email);
  if (user === null) {
    const added = newUser(signIn, email, at);
    await identities.addUser(added, identityOf(signIn, added.id, at), invitedBy);
    return added.id;
  }
  const isLinked = await identities.linkByAddress(identityOf(signIn, user.id, at), email);
  if (!isLinked) throw new ProviderSignInError(LINK_FIRST);
  return user.id;
}

/** Links the provider to the account that asked for it, in whose session the code must come. */
async function linked(
  deps: FinishProviderSignInDeps,
  signIn: ProviderSignIn,
  caller: Caller,
  at: Date,
): Promise<string> {
  if (caller.kind !== 'user' || caller.userId !== signIn.linkTo) throw new ProviderSignInError(EXPIRED);
  const ended = await deps.identities.link(identityOf(signIn, caller.userId, at), caller.sessionId);
  await announceChange(deps, { by: caller, detail: 'PROVIDER_LINKED', ended, at });
  return caller.userId;
}

function identityOf({ provider, subject }: ProviderSignIn, userId: string, at: Date): ProviderIdentity {
  return { provider, subject, userId, createdAt: at, lastUsedAt: at };
}

/** The name of somebody whose provider tells none: a part of their address would be public. */
const NEUTRAL_NAME = 'Guest';

function newUser({ displayName }: ProviderSignIn, email: string, at: Date): User {
  return {
    ...{ id: newId('usr'), email, displayName: displayName ?? NEUTRAL_NAME, locale: null },
    ...{ homeCityId: null, timeZone: null, roles: ['CUSTOMER'], createdAt: at },
    ...{ emailVerifiedAt: at, pendingEmail: null, credentials: 0, status: 'ACTIVE' },
  };
}
