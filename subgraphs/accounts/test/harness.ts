import { randomBytes } from 'node:crypto';
import { PrismaClient } from '@marquee/prisma-accounts';
import { ANONYMOUS, type Device, type SubgraphRequest, type UserCaller } from '@marquee/subgraph';
import { type Harness, type HarnessOptions, openHarness } from '@marquee/testkit/harness';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';

import { subgraph } from '../src/subgraph.ts';

const NO_MAIL_SERVER = 'smtp://127.0.0.1:1';

type Answer = Record<string, unknown> & { __typename?: string };
type From = Partial<Pick<SubgraphRequest, 'caller' | 'device'>>;

/** The system clock, plus what it was advanced by. */
interface TestClock {
  readonly now: () => Date;
  advance(ms: number): void;
}

export interface AccountsHarness extends Harness<PrismaClient> {
  readonly clock: TestClock;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Runs an operation with one root field and returns the field's value. @throws when there are errors */
  field(query: string, variables?: Record<string, unknown>, from?: From): Promise<Answer>;
  jwks(): Promise<JSONWebKeySet>;
}

/** The subgraph, its relay and jobs not started. */
export async function openAccounts(
  options: Partial<HarnessOptions> = {},
  clock = runningClock(),
): Promise<AccountsHarness> {
  const settings = { encryptionKey: randomBytes(32).toString('base64url') };
  return open(clock, { settings, ...options });
}

/** Another process of accounts on the same database, by the same clock. */
export function openAnother(harness: AccountsHarness, options: Partial<HarnessOptions> = {}): Promise<AccountsHarness> {
  const { databaseUrl, settings, clock } = harness;
  return open(clock, { databaseUrl, settings, ...options });
}

async function open(clock: TestClock, options: Partial<HarnessOptions>): Promise<AccountsHarness> {
  const settings = { mailUrl: NO_MAIL_SERVER, ...options.settings };
  const harness = await openHarness(subgraph, PrismaClient, { start: false, now: clock.now, ...options, settings });
  const jwks = harness.subgraph.keys;
  if (!jwks) throw new Error('accounts publishes no keys');
  return {
    ...{ ...harness, clock, settings, jwks },
    field: async (query, variables = {}, from = {}) => {
      const { data, errors } = await harness.subgraph.execute({ query, variables, caller: ANONYMOUS, ...from });
      if (errors || !data) throw new Error(`The operation failed: ${JSON.stringify(errors)}`);
      return Object.values(data)[0] as Answer;
    },
  };
}

function runningClock(): TestClock {
  let moved = 0;
  return { now: () => new Date(Date.now() + moved), advance: (ms) => void (moved += ms) };
}

/** A clock that only advances when it is told to. */
export function stoppedClock(): TestClock {
  let at = Date.now();
  return { now: () => new Date(at), advance: (ms) => void (at += ms) };
}

/** The caller of an access token, verified with the published keys as the gateway does. */
export async function callerOf({ jwks, clock }: AccountsHarness, accessToken: unknown): Promise<UserCaller> {
  const options = { issuer: 'marquee', audience: 'marquee-api', algorithms: ['EdDSA'], currentDate: clock.now() };
  const { payload } = await jwtVerify(String(accessToken), createLocalJWKSet(await jwks()), options);
  return {
    kind: 'user',
    userId: String(payload.sub),
    sessionId: String(payload['sid']),
    roles: payload['roles'] as string[],
    scopes: String(payload['scope']).split(' ').filter(Boolean),
    authenticatedAt: new Date(Number(payload['auth_time']) * 1000),
    emailVerified: payload['email_verified'] === true,
    expiresAt: new Date(Number(payload.exp) * 1000),
  };
}

let addresses = 0;

/** An email address without an account. */
export function freshEmail(): string {
  addresses += 1;
  return `person${addresses}@example.com`;
}

export const PASSWORD = 'correct horse battery';

/** Registers a new user. */
export async function registered(harness: AccountsHarness, given: { email?: string; device?: Device } = {}) {
  const { email = freshEmail(), device = { address: null, userAgent: null } } = given;
  const input = { email, password: PASSWORD, displayName: 'Ada Lovelace' };
  const answer = await harness.field(REGISTER, { input }, { device });
  return { email, ...tokensOf(answer), caller: await callerOf(harness, answer['accessToken']) };
}

/** The tokens of an AuthPayload. @throws for any other result */
export function tokensOf(answer: Answer): { accessToken: string; refreshToken: string } {
  if (answer.__typename !== 'AuthPayload') throw new Error(`Not signed in: ${JSON.stringify(answer)}`);
  return { accessToken: String(answer['accessToken']), refreshToken: String(answer['refreshToken']) };
}

const OUTCOME = '... on UserError { message }';

export const REGISTER = `mutation Register($input: RegisterInput!) { register(input: $input) {
  __typename ... on AuthPayload { accessToken refreshToken expiresIn user { id email displayName } } ${OUTCOME} } }`;

export const LOGIN = `mutation Login($input: LoginInput!) { login(input: $input) {
  __typename ... on AuthPayload { accessToken refreshToken expiresIn user { id displayName roles } }
  ... on SecondFactorRequired { challengeId } ${OUTCOME} } }`;

export const ANSWER = `mutation AnswerSecondFactor($input: AnswerSecondFactorInput!) { answerSecondFactor(input: $input) {
  __typename ... on AuthPayload { accessToken refreshToken expiresIn } ${OUTCOME} } }`;

export const REFRESH = `mutation RefreshSession($refreshToken: String!) { refreshSession(refreshToken: $refreshToken) {
  __typename ... on AuthPayload { accessToken refreshToken expiresIn } ${OUTCOME} } }`;

export const VIEWER = `query Viewer { viewer {
  id email displayName locale roles createdAt sessions { id userAgent createdAt lastSeenAt current } } }`;

export const LOGOUT = 'mutation Logout { logout { revokedSessionId } }';

export const REVOKE =
  'mutation RevokeSession($sessionId: ID!) { revokeSession(sessionId: $sessionId) { revokedSessionId } }';

export const START_TOTP = 'mutation StartTotpEnrolment { startTotpEnrolment { secret otpauthUri } }';

export const CONFIRM_TOTP = `mutation ConfirmTotpEnrolment($code: String!) { confirmTotpEnrolment(code: $code) {
  __typename ... on ConfirmTotpEnrolmentPayload { recoveryCodes } ${OUTCOME} } }`;

export const USERS = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on User { id displayName email locale roles createdAt sessions { id } } } }`;

export const SEND_VERIFICATION = 'mutation SendVerificationEmail { sendVerificationEmail { sentTo } }';

export const VERIFY_EMAIL = `mutation VerifyEmail($token: String!) { verifyEmail(token: $token) {
  __typename ... on VerifyEmailPayload { user { id email emailVerified } } ${OUTCOME} } }`;

export const CONFIRM_IDENTITY = `mutation ConfirmIdentity($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) {
  __typename ... on ConfirmIdentityPayload { accessToken expiresIn } ${OUTCOME} } }`;

export const CHANGE_PASSWORD = `mutation ChangePassword($input: ChangePasswordInput!) { changePassword(input: $input) {
  __typename ... on ChangePasswordPayload { revokedSessionIds } ${OUTCOME} } }`;

export const CHANGE_EMAIL = `mutation ChangeEmail($input: ChangeEmailInput!) { changeEmail(input: $input) {
  __typename ... on ChangeEmailPayload { pendingEmail } ${OUTCOME} } }`;

export const REQUEST_RESET = `mutation RequestPasswordReset($email: String!) { requestPasswordReset(email: $email) { accepted } }`;

export const RESET_PASSWORD = `mutation ResetPassword($input: ResetPasswordInput!) { resetPassword(input: $input) {
  __typename ... on AuthPayload { accessToken refreshToken expiresIn } ${OUTCOME} } }`;

export const DISABLE_TOTP = `mutation DisableTotp($code: String!) { disableTotp(code: $code) {
  __typename ... on DisableTotpPayload { user { id secondFactors } } ${OUTCOME} } }`;

export const LOGOUT_EVERYWHERE = 'mutation LogoutEverywhere { logoutEverywhere { revokedSessionIds } }';
