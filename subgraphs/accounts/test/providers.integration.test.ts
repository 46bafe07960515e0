import { buildSandboxSignIn, type SandboxSignIn } from '@marquee/sandbox-sign-in';
import { freePort } from '@marquee/servers';
import { ANONYMOUS, type Caller } from '@marquee/subgraph';
import { CookieBrowser } from '@marquee/testkit';
import fastify, { type FastifyInstance } from 'fastify';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import {
  type AccountsHarness,
  ANSWER,
  callerOf,
  CONFIRM_TOTP,
  freshEmail,
  openAccounts,
  openAnother,
  registered,
  START_TOTP,
  tokensOf,
  VIEWER,
} from './harness.ts';

const FINISH = `mutation($code: String!, $referralCode: String) { finishProviderSignIn(code: $code, referralCode: $referralCode) {
  __typename ... on AuthPayload { accessToken refreshToken user { id displayName email emailVerified } }
  ... on SecondFactorRequired { challengeId } ... on UserError { message } } }`;
const LINK = 'mutation($id: ID!) { startProviderLink(id: $id) { startUrl } }';
const UNLINK = 'mutation($id: ID!) { unlinkProvider(id: $id) { user { id } } }';
const LINKED = 'query { viewer { linkedProviders { id name linkedAt lastUsedAt } } }';
const STOREFRONT = 'http://storefront.test';
const FAILED = 'You were not signed in. Start again, in this browser.';

let harness: AccountsHarness;
let provider: SandboxSignIn;
let app: FastifyInstance;
let publicUrl: string;
let warnings: unknown[];

beforeAll(async () => {
  const port = await freePort('127.0.0.1');
  publicUrl = `http://127.0.0.1:${port}`;
  const client = {
    id: 'marquee',
    secret: 's'.repeat(32),
    redirectUris: [`${publicUrl}/pages/accounts/sign-in/sandbox/callback`],
  };
  provider = buildSandboxSignIn({ client });
  const issuer = await provider.listen();
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  // The first request loads it, which may take longer than a sign-in waits.
  await fetch(`${issuer}/.well-known/openid-configuration`);
  warnings = warn.mock.calls.slice();
  warn.mockRestore();
  const entry = { id: 'sandbox', name: 'Sandbox', issuer, clientId: client.id, clientSecret: client.secret };
  const away = { ...entry, id: 'away', issuer: 'http://127.0.0.1:9' };
  const settings = { publicUrl, storefrontUrl: STOREFRONT, signInProviders: JSON.stringify([entry, away]) };
  harness = await openAccounts({
    settings: { encryptionKey: Buffer.alloc(32, 1).toString('base64url'), ...settings },
  });
  app = await serve(harness);
});
afterAll(async () => {
  await app.close();
  await provider.stop();
});

async function serve({ subgraph }: AccountsHarness): Promise<FastifyInstance> {
  const served = fastify({ forceCloseConnections: true });
  subgraph.routes?.(served);
  await served.listen({ host: '127.0.0.1', port: Number(new URL(publicUrl).port) });
  return served;
}

interface Person {
  readonly email: string;
  readonly name?: string;
  readonly verified?: boolean;
}

const startUrl = () => `${publicUrl}/pages/accounts/sign-in/sandbox?state=page-1`;

/** Goes to the provider, and signs in there. @returns the callback's address */
async function signInAtProvider(browser: CookieBrowser, url: string, person: Person, answer = 'sign-in') {
  const page = await browser.follow(url, (address) => address.includes('/interaction/'));
  const { email, name = 'Pia Provider', verified = true } = person;
  const form = { email, name, answer, ...(verified && { verified: 'yes' }) };
  return browser.follow(page, (address) => address.startsWith(`${publicUrl}/pages/accounts/sign-in/`), form);
}

/** The storefront's fragment. */
async function arrive(browser: CookieBrowser, callback: string): Promise<URLSearchParams> {
  const page = await browser.follow(callback, (address) => address.startsWith(`${STOREFRONT}/sign-in#`));
  return new URLSearchParams(new URL(page).hash.slice(1));
}

async function codeFor(person: Person, url = startUrl()): Promise<string> {
  const browser = new CookieBrowser();
  return (await arrive(browser, await signInAtProvider(browser, url, person))).get('code') ?? '';
}

const finish = (code: string, caller: Caller = ANONYMOUS, referralCode?: string) =>
  harness.field(FINISH, { code, referralCode }, { caller });

async function registeredAndVerified() {
  const person = await registered(harness);
  const where = { id: person.caller.userId };
  await harness.database.user.update({ where, data: { emailVerifiedAt: new Date() } });
  return person;
}

describe('a sign-in with a provider', () => {
  test('creates an account for a verified address, and signs in to it from then on', async () => {
    const email = freshEmail();
    const first = await finish(await codeFor({ email, name: 'Pia' }));
    expect(first).toMatchObject({ user: { displayName: 'Pia', email, emailVerified: true } });
    const again = await finish(await codeFor({ email: email.toUpperCase() }));
    const [user, same] = [first['user'], again['user']] as [{ id: string }, { id: string }];
    expect(same.id).toBe(user.id);
    const caller = await callerOf(harness, tokensOf(again).accessToken);
    expect(caller.emailVerified).toBe(true);
    const { linkedProviders } = await harness.field(LINKED, {}, { caller });
    expect(linkedProviders).toMatchObject([{ id: 'sandbox', name: 'Sandbox', lastUsedAt: expect.any(String) }]);
    const events = await harness.database.outboxEvent.findMany({ where: { key: user.id, type: 'account.registered' } });
    expect(events).toHaveLength(1);
  });

  test('says who invited a new person, and is not lost with a code that cannot be one', async () => {
    const code = await codeFor({ email: freshEmail() });
    await expect(finish(code, ANONYMOUS, 'no such code')).rejects.toThrow('Check the code of your invitation');
    const { user } = (await finish(code, ANONYMOUS, ' popcorn7 ')) as { user: { id: string } };
    const events = await harness.database.outboxEvent.findMany({ where: { key: user.id, type: 'account.registered' } });
    expect(events).toMatchObject([{ payload: { userId: user.id, referralCode: 'POPCORN7' } }]);
  });

  test('is asked for without a word of the sandbox in the log', () => {
    expect(warnings).toEqual([]);
  });

  test('asks who it is each time, also in a browser that was here before', async () => {
    const browser = new CookieBrowser();
    const emails: unknown[] = [];
    for (const email of [freshEmail(), freshEmail()]) {
      const arrived = await arrive(browser, await signInAtProvider(browser, startUrl(), { email }));
      const { user } = (await finish(arrived.get('code') ?? '')) as { user: { email: string } };
      emails.push(user.email === email);
    }
    expect(emails).toEqual([true, true]);
  });

  test('shows a page with a way to start again where there is no storefront', async () => {
    const { storefrontUrl: _, ...settings } = harness.settings ?? {};
    const alone = fastify();
    (await openAnother(harness, { settings })).subgraph.routes?.(alone);
    const pageOf = async (path: string) => {
      const { statusCode, body } = await alone.inject(`/pages/accounts/sign-in/${path}`);
      return { statusCode, body };
    };
    const [failed, unknown] = [await pageOf('sandbox/callback?state=x'), await pageOf('nope')];
    expect(failed).toEqual({
      statusCode: 400,
      body: expect.stringContaining('<a href="/pages/accounts/sign-in/sandbox">'),
    });
    expect(unknown).toEqual({ statusCode: 404, body: expect.stringContaining('There is no such sign-in provider.') });
    expect(unknown.body).not.toContain('nope');
  });

  test('that tells no name makes no part of the address public', async () => {
    const answer = await finish(await codeFor({ email: freshEmail(), name: '' }));
    expect(answer).toMatchObject({ user: { displayName: 'Guest' } });
  });

  test('goes on after a restart, in another process that seals with another key', async () => {
    const browser = new CookieBrowser();
    const email = freshEmail();
    const callback = await signInAtProvider(browser, startUrl(), { email });
    await app.close();
    const encryptionKey = [2, 1].map((byte) => Buffer.alloc(32, byte).toString('base64url')).join();
    const restarted = await serve(await openAnother(harness, { settings: { ...harness.settings, encryptionKey } }));
    const arrived = await arrive(browser, callback).finally(() => restarted.close());
    app = await serve(harness);
    expect(arrived.get('state')).toBe('page-1');
    expect(await finish(arrived.get('code') ?? '')).toMatchObject({ user: { email } });
  });

  test('of one code sent eight times at once, one signs in; and a callback works once', async () => {
    const browser = new CookieBrowser();
    const callback = await signInAtProvider(browser, startUrl(), { email: freshEmail() });
    const code = (await arrive(browser, callback)).get('code') ?? '';
    const answers = await Promise.all(Array.from({ length: 8 }, () => finish(code)));
    expect(answers.filter(({ __typename }) => __typename === 'AuthPayload')).toHaveLength(1);
    expect((await arrive(browser, callback)).get('error')).toBe(FAILED);
  });

  test('ends where another browser began it, was altered, or the provider refuses', async () => {
    const [mine, other] = [new CookieBrowser(), new CookieBrowser()];
    const callback = await signInAtProvider(mine, startUrl(), { email: freshEmail() });
    await signInAtProvider(other, startUrl(), { email: freshEmail() });
    expect((await arrive(new CookieBrowser(), callback)).get('error')).toBe(FAILED);
    expect((await arrive(other, callback)).get('error')).toBe(FAILED);
    expect((await arrive(mine, callback.replace(/code=[^&]*/, 'code=another'))).get('error')).toBe(FAILED);
    const asked = new CookieBrowser();
    const denied = await signInAtProvider(asked, startUrl(), { email: freshEmail() }, 'cancel');
    expect((await arrive(asked, denied)).get('error')).toBe(FAILED);
    expect((await arrive(mine, `${publicUrl}/pages/accounts/sign-in/nobody`)).get('error')).toBe(
      'There is no such sign-in provider.',
    );
  });

  test('ends with a code that the provider gave to somebody else’s sign-in', async () => {
    const [victim, thief] = [new CookieBrowser(), new CookieBrowser()];
    const stolen = await signInAtProvider(victim, startUrl(), { email: freshEmail() });
    const callback = new URL(await signInAtProvider(thief, startUrl(), { email: freshEmail() }));
    callback.searchParams.set('code', new URL(stolen).searchParams.get('code') ?? '');
    expect((await arrive(thief, callback.href)).get('error')).toBe(FAILED);
  });

  test('says so when the provider cannot be reached', async () => {
    const browser = new CookieBrowser();
    const address = `${publicUrl}/pages/accounts/sign-in/away`;
    expect((await arrive(browser, address)).get('error')).toMatch(/cannot be reached/);
  });

  test('asks for the second factor of an account that has one, and links only with the answer, once', async () => {
    const { caller, email } = await registeredAndVerified();
    const { secret } = await harness.field(START_TOTP, {}, { caller });
    const code = (later: number) =>
      new TOTP({ secret: Secret.fromBase32(String(secret)) }).generate({ timestamp: Date.now() + later * 30_000 });
    await harness.field(CONFIRM_TOTP, { code: code(0) }, { caller });
    const challenge = async () => {
      const answer = await finish(await codeFor({ email }));
      expect(answer).toMatchObject({ __typename: 'SecondFactorRequired' });
      return String(answer['challengeId']);
    };
    const answer = (challengeId: string, typed: string) =>
      harness.field(ANSWER, { input: { challengeId, code: typed } });
    const state = async () => {
      const { userId } = caller;
      const mails = await harness.database.outgoingMail.count({ where: { userId, kind: 'PROVIDER_LINKED' } });
      return { linked: await harness.database.providerIdentity.count({ where: { userId } }), mails };
    };
    const [first, second] = [await challenge(), await challenge()];
    expect(await answer(first, '000000')).toMatchObject({ __typename: 'InvalidSecondFactorError' });
    expect(await state()).toEqual({ linked: 0, mails: 0 });
    expect(await answer(first, code(1))).toMatchObject({ __typename: 'AuthPayload' });
    expect(await state()).toEqual({ linked: 1, mails: 1 });
    await harness.database.totpDevice.updateMany({ where: { userId: caller.userId }, data: { lastStep: 0 } });
    expect(await answer(second, code(0))).toMatchObject({ __typename: 'SecondFactorExpiredError' });
    await harness.database.user.update({ where: { id: caller.userId }, data: { status: 'SUSPENDED' } });
    await harness.database.providerIdentity.deleteMany({ where: { userId: caller.userId } });
    expect(await finish(await codeFor({ email }))).toMatchObject({ __typename: 'AccountSuspendedError' });
    expect(await state()).toEqual({ linked: 0, mails: 1 });
  });

  test('links an account only if the address is verified on both sides, and tells the owner', async () => {
    const [person, unverified] = [await registeredAndVerified(), await registered(harness)];
    const [message, apart] = [expect.stringMatching(/link this provider/), await registeredAndVerified()];
    await harness.database.user.update({ where: { id: apart.caller.userId }, data: { verifiedApart: true } });
    expect(await finish(await codeFor({ email: apart.email }))).toMatchObject({ message });
    expect(await finish(await codeFor({ email: unverified.email }))).toMatchObject({ message });
    expect(await finish(await codeFor({ email: person.email, verified: false }))).toMatchObject({
      message: expect.stringMatching(/has not confirmed/),
    });
    expect(await finish(await codeFor({ email: person.email }))).toMatchObject({ user: { id: person.caller.userId } });
    const where = { key: person.caller.userId, type: 'account.security-changed' };
    const changes = await harness.database.outboxEvent.findMany({ where });
    expect(changes.map(({ payload }) => payload)).toMatchObject([{ change: 'PROVIDER_LINKED' }]);
  });
});

describe('linking and unlinking', () => {
  const link = async (caller: Caller) => String((await harness.field(LINK, { id: 'sandbox' }, { caller }))['startUrl']);

  test('links what the person starts, whatever its address, and for nobody else', async () => {
    const [person, stranger] = [await registered(harness), await registered(harness)];
    const stolen = await codeFor({ email: freshEmail() }, await link(person.caller));
    expect(await finish(stolen, stranger.caller)).toMatchObject({ __typename: 'ProviderSignInError' });
    const email = freshEmail();
    const answer = await finish(await codeFor({ email }, await link(person.caller)), person.caller);
    expect(answer).toMatchObject({ user: { id: person.caller.userId, email: person.email } });
    expect(await finish(await codeFor({ email }))).toMatchObject({ user: { id: person.caller.userId } });
    expect(await harness.field(VIEWER, {}, { caller: person.caller })).toMatchObject({ id: person.caller.userId });
    const taken = await finish(await codeFor({ email }, await link(stranger.caller)), stranger.caller);
    expect(taken).toMatchObject({ message: expect.stringMatching(/another person/) });
  });

  test('needs a fresh sign-in; the last way in stays', async () => {
    const { accessToken } = tokensOf(await finish(await codeFor({ email: freshEmail() })));
    const caller = await callerOf(harness, accessToken);
    const last = await harness.execute(UNLINK, caller, { id: 'sandbox' });
    expect(last.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    await harness.database.user.update({ where: { id: caller.userId }, data: { passwordHash: 'x' } });
    const old = { ...caller, authenticatedAt: new Date(0) };
    for (const query of [LINK, UNLINK]) {
      const { errors } = await harness.execute(query, old, { id: 'sandbox' });
      expect(errors?.[0]?.extensions).toMatchObject({ reason: 'REAUTHENTICATION_REQUIRED' });
    }
    expect(await harness.field(UNLINK, { id: 'sandbox' }, { caller })).toEqual({ user: { id: caller.userId } });
    const gone = await harness.execute(UNLINK, caller, { id: 'sandbox' });
    expect(gone.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });
});
