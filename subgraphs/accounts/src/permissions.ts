import { everyone, ownerOr, type Permissions, signedIn } from '@marquee/subgraph';
import { or, rule } from 'graphql-shield';
import type { UserParent } from './context.ts';

const justSignedIn = rule({ cache: 'no_cache' })((user: UserParent) => user.justSignedIn === true);

/** The person themselves, or who may read other people's accounts. */
const self = or(
  justSignedIn,
  ownerOr('users:read', ({ id }: UserParent) => id),
);

/** Who may read what of accounts. */
export const permissions: Permissions = {
  Query: { viewer: signedIn },
  Mutation: {
    register: everyone,
    login: everyone,
    answerSecondFactor: everyone,
    refreshSession: everyone,
    logout: signedIn,
    revokeSession: signedIn,
    startTotpEnrolment: signedIn,
    confirmTotpEnrolment: signedIn,
  },
  User: {
    id: everyone,
    displayName: everyone,
    email: self,
    locale: self,
    roles: self,
    createdAt: self,
    sessions: self,
  },
  // Reached through User.sessions alone, which is guarded.
  Session: everyone,
  AuthPayload: everyone,
  SecondFactorRequired: everyone,
  LogoutPayload: everyone,
  RevokeSessionPayload: everyone,
  StartTotpEnrolmentPayload: everyone,
  ConfirmTotpEnrolmentPayload: everyone,
  EmailTakenError: everyone,
  WeakPasswordError: everyone,
  InvalidCredentialsError: everyone,
  InvalidSecondFactorError: everyone,
  SecondFactorExpiredError: everyone,
  SessionExpiredError: everyone,
};
