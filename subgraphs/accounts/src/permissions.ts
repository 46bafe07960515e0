import { everyone, ownerOr, type Permissions, signedIn } from '@marquee/subgraph';
import { or, rule } from 'graphql-shield';
import { ownerOfUser, provedOwnership, READ_USERS } from './access.ts';
import type { User } from './mappers.ts';

const justSignedIn = rule({ cache: 'no_cache' })((user: User) => provedOwnership(user));

/** The account's owner, and staff with the scope. */
const self = or(justSignedIn, ownerOr(READ_USERS, ownerOfUser));

/** Access to each field. */
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
  // Only reached through User.sessions, which has a policy.
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
