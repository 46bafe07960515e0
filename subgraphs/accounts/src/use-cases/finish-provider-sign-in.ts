import type { Caller, Device } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import type { ProviderIdentities, Users } from '../domain/ports.ts';
import type { ProviderIdentity, ProviderSignIn } from '../domain/sign-in-provider.ts';
import { parseReferralCode } from '../domain/referral-code.ts';
import type { Credentials, User } from '../domain/user.ts';
import { AccountSuspendedError, ProviderSignInError } from '../errors.ts';
import { announceChange, type AnnounceChangeDeps } from './announce-change.ts';
import { type ChallengeIssued, completeSignIn, type CompleteSignInDeps, issueChallenge } from './complete-sign-in.ts';
import type { Grant } from './open-session.ts';

export interface FinishProviderSignInDeps extends CompleteSignInDeps, AnnounceChangeDeps {
  readonly users: Pick<Users, 'credentialsOf' | 'credentialsOfUser'>;
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
 * address is verified here too: somebody else may have signed up with it. It is linked with the sign-in: where the account
 * has a second factor, by the answer.
 *
 * @throws {AccountSuspendedError}
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
  const answer =
    signIn.linkTo === null
      ? await signedIn(deps, signIn, { invitedBy, device, at })
      : await completed(deps, await linked(deps, signIn, caller, at), device);
  if (answer === null) throw new ProviderSignInError(EXPIRED);
  return answer;
}

/** Signs in to the account of the person, which is found, linked or created. @returns null when it changed meanwhile */
async function signedIn(
  deps: FinishProviderSignInDeps,
  signIn: ProviderSignIn,
  { invitedBy, device, at }: { invitedBy: string | null; device: Device; at: Date },
): Promise<Grant | ChallengeIssued | null> {
  const { identities, users } = deps;
  const known = await identities.signInWith(signIn, at);
  if (known !== null) return completed(deps, known, device);
  const { email, emailVerified } = signIn;
  if (email === null || !emailVerified) throw new ProviderSignInError(UNVERIFIED);
  const found = await users.credentialsOf(email, []);
  if (found !== null) return linkedByAddress(deps, found, { identity: identityOf(signIn, found.user.id, at), device });
  const added = newUser(signIn, email, at);
  await identities.addUser(added, identityOf(signIn, added.id, at), invitedBy);
  return completed(deps, added.id, device);
}

/** The identity is linked by whoever gives the second factor, where the account has one, and never before. */
async function linkedByAddress(
  deps: FinishProviderSignInDeps,
  found: Credentials,
  { identity, device }: { identity: ProviderIdentity; device: Device },
): Promise<Grant | ChallengeIssued | null> {
  if (found.user.status === 'SUSPENDED') throw new AccountSuspendedError();
  if (!(await deps.identities.isLinkableByAddress(identity))) throw new ProviderSignInError(LINK_FIRST);
  if (found.secondFactor) return issueChallenge(deps, found.user, identity);
  const isLinked = await deps.identities.linkByAddress(identity, found.user.credentials);
  return isLinked ? completeSignIn(deps, found, device) : null;
}

async function completed(
  deps: FinishProviderSignInDeps,
  userId: string,
  device: Device,
): Promise<Grant | ChallengeIssued | null> {
  const credentials = await deps.users.credentialsOfUser(userId);
  return credentials && completeSignIn(deps, credentials, device);
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
