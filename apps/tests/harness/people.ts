import type { BrowserContext, Locator, Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';

import { graph } from './graph.ts';
import { currentRun } from './run.ts';

/** An account, and how to sign in with it. */
export interface Person {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  /** For what a test does beside the browser. */
  readonly accessToken: string;
}

export type DemoAccount = 'customer' | 'partner' | 'advertiser' | 'agent' | 'analyst' | 'admin';

const DEMO_PASSWORD = 'marquee-demo-1';
const PASSWORD = 'a long enough password';

const REGISTER = `mutation ($input: RegisterInput!) {
  result: register(input: $input) { ... on AuthPayload { accessToken } ... on UserError { message } }
}`;
const LOGIN = `mutation ($input: LoginInput!) {
  result: login(input: $input) {
    __typename
    ... on AuthPayload { accessToken refreshToken expiresIn }
    ... on UserError { message }
  }
}`;

interface AuthResult {
  readonly result: { readonly accessToken?: string; readonly message?: string };
}

/** A new account that no other test knows. */
export async function register(name = 'Robin'): Promise<Person> {
  const email = `${name.toLowerCase()}-${randomUUID()}@example.test`;
  const input = { email, password: PASSWORD, displayName: name };
  return { email, password: PASSWORD, name, accessToken: tokenOf(await graph<AuthResult>(REGISTER, { input })) };
}

/** The same account with a new access token, which has the rights that it was given since. */
export async function logInAgain(person: Person): Promise<Person> {
  const input = { email: person.email, password: person.password };
  return { ...person, accessToken: tokenOf(await graph<AuthResult>(LOGIN, { input })) };
}

/** One of the seeded accounts, for pages that need a role. Tests must not change what others read of it. */
export async function demoAccount(account: DemoAccount): Promise<Person> {
  const input = { email: `${account}@marquee.test`, password: DEMO_PASSWORD };
  return { ...input, name: account, accessToken: tokenOf(await graph<AuthResult>(LOGIN, { input })) };
}

/** The id of an account, as its access token has it. */
export function userIdOf({ accessToken }: Person): string {
  const [, claims = ''] = accessToken.split('.');
  return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string }).sub;
}

/** Signs in as the applications do, so that every page of the context is signed in. */
export async function signIn(context: BrowserContext, { email, password }: Person): Promise<void> {
  const { origin } = currentRun();
  const response = await context.request.post(`${origin}/session`, {
    data: { query: LOGIN, variables: { input: { email, password } } },
    headers: { origin, 'sec-fetch-site': 'same-origin' },
  });
  const { data } = (await response.json()) as { data?: AuthResult };
  if (!data?.result.accessToken) throw new Error(`${email} cannot sign in: ${await response.text()}`);
  // Where there is none, an application does not ask for the session that the cookie continues.
  await context.addInitScript(() => {
    // A document without an origin has no storage.
    if (origin === 'null') return;
    if (sessionStorage.getItem('test.signed-in') === null && localStorage.getItem('marquee.session') === null)
      localStorage.setItem('marquee.session', 'here');
    sessionStorage.setItem('test.signed-in', 'once');
  });
}

/** The link of the header for whoever is signed in. */
export function accountLink(page: Page): Locator {
  return page.getByRole('navigation', { name: 'Main menu' }).getByRole('link', { name: 'Account' });
}

/** Signs in by the form that the page shows. */
export async function signInBy(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

function tokenOf({ result }: AuthResult): string {
  if (!result.accessToken) throw new Error(result.message);
  return result.accessToken;
}
