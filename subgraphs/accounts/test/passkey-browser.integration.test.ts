import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANONYMOUS, type Caller } from '@marquee/subgraph';
import { openBrowser, runsInBrowser } from '@marquee/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type AccountsHarness, openAccounts, registered } from './harness.ts';

/** A page's script that answers a challenge by its authenticator. */
const CALL = {
  create: `async (options) => (await navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })).toJSON()`,
  get: `async (options) => (await navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })).toJSON()`,
};

const START = 'mutation { startPasskeyRegistration { challengeId options } }';
const FINISH = `mutation($input: FinishPasskeyInput!) { finishPasskeyRegistration(input: $input) {
  ... on FinishPasskeyRegistrationPayload { passkey { name } } ... on UserError { message } } }`;
const START_LOGIN = 'mutation { startPasskeyLogin { challengeId options } }';
const FINISH_LOGIN = `mutation($input: FinishPasskeyInput!) { finishPasskeyLogin(input: $input) {
  ... on AuthPayload { user { id } } ... on UserError { message } } }`;

interface Challenge {
  readonly challengeId: string;
  readonly options: object;
}

describe.runIf(runsInBrowser('passkeys'))('passkeys in a browser', () => {
  let harness: AccountsHarness;
  let browser: Browser;
  const site = createServer((_request, response) => response.end('<h1>The site</h1>'));
  beforeAll(async () => {
    [harness, browser] = await Promise.all([openAccounts(), openBrowser()]);
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    site.close();
  });

  const challenge = async (query: string, caller: Caller = ANONYMOUS) =>
    (await harness.field(query, {}, { caller })) as unknown as Challenge;

  /** A page of the site, in a browser with an authenticator that verifies its owner or does not. */
  async function openSite(): Promise<{ page: Page; verify: (isVerified: boolean) => Promise<void> }> {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${(site.address() as AddressInfo).port}`);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const options = {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
    } as const;
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
    });
    const verify = (isUserVerified: boolean) =>
      devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    return { page, verify: async (isVerified) => void (await verify(isVerified)) };
  }

  const answer = async (page: Page, call: keyof typeof CALL, { challengeId, options }: Challenge) => ({
    input: {
      challengeId,
      response: await page.evaluate(`(${CALL[call]})(${JSON.stringify(options)})`),
      name: 'Laptop',
    },
  });

  test('a browser adds a passkey and signs in with it, if it verifies its owner', { timeout: 60_000 }, async () => {
    const { caller } = await registered(harness);
    const { page, verify } = await openSite();
    const added = await answer(page, 'create', await challenge(START, caller));
    expect(await harness.field(FINISH, added, { caller })).toEqual({ passkey: { name: 'Laptop' } });
    const signedIn = await answer(page, 'get', await challenge(START_LOGIN));
    expect(await harness.field(FINISH_LOGIN, signedIn)).toEqual({ user: { id: caller.userId } });
    await verify(false);
    await expect(answer(page, 'get', await challenge(START_LOGIN))).rejects.toThrow(/NotAllowedError/);
  });
});
