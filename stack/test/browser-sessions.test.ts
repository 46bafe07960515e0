import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Marketplace, openMarketplace } from './marketplace.ts';

const TOKENS = '__typename ... on AuthPayload { accessToken refreshToken }';
const REGISTER = `mutation ($input: RegisterInput!) { session: register(input: $input) { ${TOKENS} } }`;
const LOGIN = `mutation ($input: LoginInput!) { session: login(input: $input) { ${TOKENS} } }`;
const REFRESH = `mutation ($token: String!) { session: refreshSession(refreshToken: $token) { ${TOKENS} } }`;
const PASSWORD = 'a long and odd passphrase';

interface Payload {
  readonly __typename: string;
  readonly accessToken?: string;
  readonly refreshToken?: string;
}

let marketplace: Marketplace;
beforeAll(async () => {
  marketplace = await openMarketplace();
}, 60_000);
afterAll(() => marketplace?.stop());

/** A browser: one jar of cookies, and pages of the gateway's origin. */
class Browser {
  cookie: string | undefined;

  async send(query: string, variables: object = {}): Promise<Payload | null> {
    const { origin } = new URL(marketplace.endpoint);
    const response = await fetch(new URL('/session', origin), {
      method: 'POST',
      headers: {
        ...{ origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
        ...(this.cookie !== undefined && { cookie: this.cookie }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
    if (cookie !== '') this.cookie = cookie.endsWith('=') ? undefined : cookie;
    const { data } = (await response.json()) as { data: { session: Payload | null } };
    if (data.session?.refreshToken) throw new Error('A script of the page could read the token');
    return data.session;
  }
}

async function signUp(name: string): Promise<{ browser: Browser; email: string; accessToken: string }> {
  const [browser, email] = [new Browser(), `${name}@example.test`];
  const session = await browser.send(REGISTER, { input: { email, password: PASSWORD, displayName: name } });
  return { browser, email, accessToken: session?.accessToken ?? '' };
}

async function end(accessToken: string, mutation: string): Promise<void> {
  const document = `mutation End { ${mutation} { __typename } }`;
  await marketplace.client(accessToken).request({ name: 'End', document }, {});
}

test('a reload continues the session, and so do two tabs that reload at once', async () => {
  const { browser } = await signUp('reloads');
  expect(await browser.send(REFRESH, { token: '' })).toMatchObject({ __typename: 'AuthPayload' });
  const tabs = await Promise.all([browser.send(REFRESH, { token: '' }), browser.send(REFRESH, { token: '' })]);
  expect(tabs.map((session) => session?.__typename)).toEqual(['AuthPayload', 'AuthPayload']);
  expect(await browser.send(REFRESH, { token: '' })).toMatchObject({ __typename: 'AuthPayload' });
});

const NEW_PASSWORD = `changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "another long and odd one" })`;
const ENDINGS: Record<string, { readonly mutation: string; readonly onAnotherDevice: boolean }> = {
  'signing out': { mutation: 'logout', onAnotherDevice: false },
  'signing out everywhere': { mutation: 'logoutEverywhere', onAnotherDevice: true },
  'a change of the password on another device': { mutation: NEW_PASSWORD, onAnotherDevice: true },
  'the erasure of the account': { mutation: `deleteMyAccount(password: "${PASSWORD}")`, onAnotherDevice: true },
};

test.each(Object.entries(ENDINGS))(
  'after %s the cookie is worthless, and dropped',
  { timeout: 90_000 },
  async (name, ending) => {
    const { browser, email, accessToken } = await signUp(name.replaceAll(' ', '-'));
    const other = await new Browser().send(LOGIN, { input: { email, password: PASSWORD } });
    await end(ending.onAnotherDevice ? (other?.accessToken ?? '') : accessToken, ending.mutation);
    const kept = browser.cookie;
    expect(await browser.send(REFRESH, { token: '' })).toEqual({ __typename: 'SessionExpiredError' });
    expect([kept, browser.cookie]).toEqual([expect.stringContaining('marquee-session='), undefined]);
    expect(await browser.send(REFRESH, { token: '' })).toBeNull();
  },
);
