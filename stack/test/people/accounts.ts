/** The operations of an account, in the life of a guest who registers. */
import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

import { SoftwareAuthenticator } from '../../../subgraphs/accounts/test/authenticator.ts';
import { DEMO_PASSWORD } from '../../src/demo/purchase.ts';
import { ANONYMOUS, by, type Rows } from './row.ts';
import { GUEST_EMAIL as EMAIL, type World } from './world.ts';

const NEW_EMAIL = 'gwen.guest@example.test';
const PASSWORD = `quill-${randomUUID()}`;
const NEW_PASSWORD = `feather-${randomUUID()}`;
/** A character that no text has. */
const NUL = '\0';
const authenticator = new SoftwareAuthenticator();

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

const kept = ({ kept: all }: World, name: string): string => all.get(name) ?? `no ${name}`;
const login = async (world: World, password: string, email = EMAIL) =>
  (await world.send('anonymous', 'Login', { input: { email, password } }))['login'] as Tokens & { challengeId: string };
const codeOf = (world: World): string => new TOTP({ secret: Secret.fromBase32(kept(world, 'secret')) }).generate();
/** The challenge of somebody who has given the password. */
const challenge = async (world: World) => ({
  input: { challengeId: (await login(world, PASSWORD)).challengeId, code: kept(world, 'recoveryCode') },
});
const signedIn = (name: string) => (data: Record<string, Tokens>, world: World) => {
  const tokens = data[name];
  if (!tokens) return;
  world.signIn('guest', tokens.accessToken);
  world.kept.set('refreshToken', tokens.refreshToken);
};

export const ACCOUNTS: Rows = {
  Register: {
    variables: { input: { email: EMAIL, password: PASSWORD, displayName: 'Gwen Guest' } },
    may: by('anonymous', 'AuthPayload'),
    mayNot: by('anonymous', 'EmailTakenError', { input: { email: 'customer@marquee.test' } }),
    bad: by('anonymous', 'BAD_USER_INPUT', { input: { email: 'gwen' } }),
    keep: (data: { register: Tokens & { user: { id: string } } }, world) => {
      world.kept.set('guestId', data.register.user.id);
      signedIn('register')(data, world);
    },
  },
  Login: {
    variables: { input: { email: EMAIL, password: PASSWORD } },
    may: by('anonymous', 'AuthPayload'),
    mayNot: by('anonymous', 'InvalidCredentialsError', { input: { password: DEMO_PASSWORD } }),
    bad: by('anonymous', 'BAD_USER_INPUT', { input: { password: NUL } }),
    keep: signedIn('login'),
  },
  RefreshSession: {
    variables: (world) => ({ refreshToken: kept(world, 'refreshToken') }),
    may: by('anonymous', 'AuthPayload'),
    mayNot: by('anonymous', 'SessionExpiredError', { refreshToken: 'somebody-elses' }),
    bad: by('anonymous', 'BAD_USER_INPUT', { refreshToken: NUL }),
    keep: signedIn('refreshSession'),
  },
  Viewer: {
    may: by('guest'),
    mayNot: ANONYMOUS,
    bad: null,
    keep: ({ viewer }: { viewer: { sessions: { id: string; current: boolean }[] } }, world) =>
      world.kept.set('sessionId', viewer.sessions.find(({ current }) => !current)?.id ?? ''),
  },
  UpdateProfile: {
    variables: { input: { displayName: 'Gwen G.', locale: 'de', timeZone: 'Europe/Berlin' } },
    may: by('guest', 'UpdateProfilePayload'),
    mayNot: ANONYMOUS,
    bad: by('guest', 'BAD_USER_INPUT', { input: { displayName: ' ' } }),
  },
  SetQuietHours: {
    variables: { hours: { from: '22:00', until: '07:00' } },
    may: by('guest'),
    mayNot: ANONYMOUS,
    bad: by('guest', 'BAD_USER_INPUT', { hours: { from: '25:00', until: '07:00' } }),
  },
  MyQuietHours: { may: by('guest'), mayNot: ANONYMOUS, bad: null },
  SendVerificationEmail: { may: by('guest'), mayNot: ANONYMOUS, bad: null },
  VerifyEmail: {
    variables: async (world) => ({ token: await world.mailed(EMAIL, /\bverify_[\w-]{43}\b/) }),
    may: by('anonymous', 'VerifyEmailPayload'),
    mayNot: by('anonymous', 'MailTokenExpiredError', { token: `verify_${'a'.repeat(43)}` }),
    bad: by('anonymous', 'BAD_USER_INPUT', { token: NUL }),
  },
  AcceptInvitation: {
    variables: async (world) => ({ token: await world.mailed(EMAIL, /\binvite_[\w-]{43}\b/) }),
    may: by('guest', 'AcceptInvitationPayload'),
    mayNot: by('customer', 'InvitationForSomebodyElseError'),
    bad: by('guest', 'InvitationExpiredError', { token: `invite_${'a'.repeat(43)}` }),
  },
  ConfirmIdentity: {
    variables: { input: { password: PASSWORD } },
    may: by('guest', 'ConfirmIdentityPayload'),
    mayNot: by('guest', 'IncorrectPasswordError', { input: { password: DEMO_PASSWORD } }),
    bad: by('guest', 'BAD_USER_INPUT', { input: { password: NUL } }),
  },
  StartTotpEnrolment: {
    may: by('guest'),
    mayNot: ANONYMOUS,
    bad: null,
    keep: ({ startTotpEnrolment: { secret } }: { startTotpEnrolment: { secret: string } }, world) =>
      world.kept.set('secret', secret),
  },
  ConfirmTotpEnrolment: {
    variables: (world) => ({ code: codeOf(world) }),
    may: by('guest', 'ConfirmTotpEnrolmentPayload'),
    mayNot: ANONYMOUS,
    bad: by('guest', 'InvalidSecondFactorError', { code: 'abcdef' }),
    keep: (
      { confirmTotpEnrolment: { recoveryCodes } }: { confirmTotpEnrolment: { recoveryCodes: string[] } },
      world,
    ) => {
      world.kept.set('recoveryCode', recoveryCodes[0] ?? '').set('otherRecoveryCode', recoveryCodes[1] ?? '');
    },
  },
  AnswerSecondFactor: {
    variables: challenge,
    may: by('anonymous', 'AuthPayload'),
    mayNot: by('anonymous', 'SecondFactorExpiredError', { input: { challengeId: 'chl_unknown' } }),
    bad: by('anonymous', 'InvalidSecondFactorError', { input: { code: 'abcdef' } }),
    keep: signedIn('answerSecondFactor'),
  },
  DisableTotp: {
    variables: (world) => ({ code: kept(world, 'otherRecoveryCode') }),
    may: by('guest', 'DisableTotpPayload'),
    mayNot: ANONYMOUS,
    bad: by('guest', 'InvalidSecondFactorError', { code: 'abcdef' }),
  },
  StartPasskeyRegistration: {
    may: by('guest'),
    mayNot: ANONYMOUS,
    bad: null,
    keep: (
      { startPasskeyRegistration: started }: { startPasskeyRegistration: { challengeId: string; options: unknown } },
      world,
    ) => {
      world.kept.set('challengeId', started.challengeId);
      world.kept.set('response', JSON.stringify(authenticator.create(started.options)));
    },
  },
  FinishPasskeyRegistration: {
    variables: (world) => ({
      input: { challengeId: kept(world, 'challengeId'), response: JSON.parse(kept(world, 'response')), name: 'Key' },
    }),
    may: by('guest', 'FinishPasskeyRegistrationPayload'),
    mayNot: ANONYMOUS,
    bad: by('guest', 'BAD_USER_INPUT', { input: { name: 'n'.repeat(1_000) } }),
    keep: (
      { finishPasskeyRegistration: { passkey } }: { finishPasskeyRegistration: { passkey: { id: string } } },
      world,
    ) => world.kept.set('passkeyId', passkey.id),
  },
  StartPasskeyLogin: {
    may: by('anonymous'),
    mayNot: null,
    bad: null,
    keep: ({ startPasskeyLogin: started }: { startPasskeyLogin: { challengeId: string; options: unknown } }, world) => {
      world.kept.set('challengeId', started.challengeId);
      world.kept.set('response', JSON.stringify(authenticator.get(started.options)));
    },
  },
  FinishPasskeyLogin: {
    variables: (world) => ({
      input: { challengeId: kept(world, 'challengeId'), response: JSON.parse(kept(world, 'response')) },
    }),
    may: by('anonymous', 'AuthPayload'),
    mayNot: by('anonymous', 'InvalidPasskeyError', { input: { challengeId: 'chl_unknown' } }),
    bad: by('anonymous', 'BAD_USER_INPUT', { input: { name: 'n'.repeat(1_000) } }),
    keep: signedIn('finishPasskeyLogin'),
  },
  RemovePasskey: {
    variables: (world) => ({ id: kept(world, 'passkeyId') }),
    may: by('guest'),
    mayNot: by('customer', 'NOT_FOUND'),
    bad: by('guest', 'NOT_FOUND', { id: 'psk_unknown' }),
  },
  RequestPasswordReset: {
    variables: { email: EMAIL },
    may: by('anonymous'),
    mayNot: null,
    bad: by('anonymous', 'BAD_USER_INPUT', { email: 'gwen' }),
  },
  ResetPassword: {
    variables: async (world) => ({
      input: { token: await world.mailed(EMAIL, /\breset_[\w-]{43}\b/), newPassword: NEW_PASSWORD },
    }),
    may: by('anonymous', 'AuthPayload'),
    mayNot: by('anonymous', 'MailTokenExpiredError', { input: { token: `reset_${'a'.repeat(43)}` } }),
    bad: by('anonymous', 'WeakPasswordError', { input: { newPassword: 'password1' } }),
    keep: signedIn('resetPassword'),
  },
  ChangePassword: {
    variables: { input: { currentPassword: NEW_PASSWORD, newPassword: PASSWORD } },
    may: by('guest', 'ChangePasswordPayload'),
    mayNot: by('guest', 'IncorrectPasswordError', { input: { currentPassword: DEMO_PASSWORD } }),
    bad: by('guest', 'WeakPasswordError', { input: { newPassword: 'password1' } }),
  },
  ChangeEmail: {
    variables: { input: { newEmail: NEW_EMAIL, password: PASSWORD } },
    may: by('guest', 'ChangeEmailPayload'),
    mayNot: by('guest', 'IncorrectPasswordError', { input: { password: DEMO_PASSWORD } }),
    bad: by('guest', 'BAD_USER_INPUT', { input: { newEmail: 'gwen' } }),
  },
  MyOrganisations: { may: by('partner'), mayNot: ANONYMOUS, bad: null },
  RevokeSession: {
    variables: async (world) => {
      await login(world, PASSWORD);
      const { viewer } = (await world.send('guest', 'Viewer', {})) as {
        viewer: { sessions: { id: string; current: boolean }[] };
      };
      return { sessionId: viewer.sessions.find(({ current }) => !current)?.id };
    },
    may: by('guest'),
    mayNot: by('customer', 'NOT_FOUND'),
    bad: by('guest', 'NOT_FOUND', { sessionId: 'ses_unknown' }),
  },
  SignInProviders: { may: by('anonymous'), mayNot: null, bad: null },
  /** A provider is in another world: subgraphs/accounts/test/providers.integration.test.ts. */
  StartProviderLink: {
    variables: { id: 'lantern' },
    may: null,
    mayNot: ANONYMOUS,
    bad: by('guest', 'NOT_FOUND'),
  },
  /** Who signs in with a provider has its code: subgraphs/accounts/test/providers.integration.test.ts. */
  FinishProviderSignIn: {
    variables: { code: 'somebody-elses' },
    may: null,
    mayNot: by('anonymous', 'ProviderSignInError'),
    bad: by('anonymous', 'BAD_USER_INPUT', { code: NUL }),
  },
  LogoutEverywhere: { may: by('guest'), mayNot: ANONYMOUS, bad: null },
};

/** Sent last: they end sessions and accounts. */
export const GOODBYE: Rows = {
  RequestDataExport: {
    may: by('customer2'),
    mayNot: ANONYMOUS,
    bad: null,
    keep: ({ requestDataExport }: { requestDataExport: { export: { id: string } } }, { kept: all }) =>
      all.set('exportId', requestDataExport.export.id),
  },
  DataExport: {
    variables: (world) => ({ id: kept(world, 'exportId') }),
    may: by('customer2'),
    mayNot: by('customer', 'null'),
    bad: by('customer2', 'null', { id: 'exp_unknown' }),
  },
  DeleteMyAccount: {
    variables: async (world) => {
      signedIn('login')({ login: await login(world, PASSWORD) }, world);
      return { password: PASSWORD };
    },
    may: by('guest', 'DeleteMyAccountPayload'),
    mayNot: ANONYMOUS,
    bad: by('guest', 'IncorrectPasswordError', { password: DEMO_PASSWORD }),
  },
  Logout: { may: by('customer2'), mayNot: ANONYMOUS, bad: null },
};
