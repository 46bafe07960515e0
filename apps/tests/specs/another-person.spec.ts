import type { Page } from '@playwright/test';

import { expect, test } from '../harness/fixtures.ts';
import { accountLink, type Person, register, signInBy } from '../harness/people.ts';
import { deliverPush, givePushService, pushesTo } from '../harness/push-service.ts';
import { currentRun } from '../harness/run.ts';
import { buy, freshShow } from '../harness/shows.ts';
import { visit } from '../harness/visit.ts';

test('a page shows nothing of the person before once another one is signed in on another tab', async ({ signedIn }) => {
  const { page, context, person } = await signedIn();
  const other = await register('Alex');
  await visit(page, '/account');
  await expect(page.getByText(person.email)).toBeVisible();
  const tab = await context.newPage();
  await visit(tab, '/help');
  await signInBeside(tab, other);
  await expect(page.getByText(other.email)).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Alex');
  await expect(page.getByText(person.email)).toHaveCount(0);
});

test('a draft is there after a reload, and not for who signs in next', async ({ signedIn }) => {
  const { page } = await signedIn();
  const other = await register('Alex');
  await visit(page, '/support/new');
  await page.getByLabel('Subject').fill('My card was charged twice');
  await page.reload();
  await expect(page.getByLabel('Subject')).toHaveValue('My card was charged twice');
  await signOut(page);
  await visit(page, '/sign-in?next=/support/new');
  await signInBy(page, other);
  await expect(page.getByLabel('Subject')).toHaveValue('');
});

test('a browser is pushed to no longer once its person has signed out', async ({ signedIn }, { parallelIndex }) => {
  test.slow();
  const { page, context, person } = await signedIn();
  const here = await givePushService(context);
  await visit(page, '/account/notifications');
  await page.getByRole('button', { name: 'Turn on in this browser' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'This browser' })).toBeVisible();
  const { show } = await freshShow(parallelIndex);
  await buy(person, show.id, 1);
  await expect.poll(() => pushesTo(here)).toHaveLength(1);
  await deliverPush(page, (await pushesTo(here))[0] ?? '');

  const isOver = page.waitForFunction(() => localStorage.getItem('marquee.push-endpoint') === null);
  await signOut(page);
  await isOver;
  const gone = await fetch(here.endpoint, { method: 'POST' });
  expect(gone.status, 'the push service knows it no longer').toBe(410);
});

test('somebody stays signed in while the server cannot say whether they are', async ({ signedIn }) => {
  const { page, person } = await signedIn();
  const away = [{ message: 'Away', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }];
  await page.route('**/session', (route) => route.fulfill({ json: { data: { refreshSession: null }, errors: away } }));
  await page.goto('/account');
  await expect(page.getByText('A part of Marquee is away for a moment.').first()).toBeVisible();
  await expect(accountLink(page)).toBeVisible();
  await page.unroute('**/session');
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await expect(page.getByText(person.email)).toBeVisible();
});

test('who signs out without a network is signed out for good', async ({ signedIn, findings }) => {
  findings.expect(/ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch/);
  const { page, context } = await signedIn();
  await visit(page, '/account');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('Sign in to see this page.')).toBeVisible();
  expect(await context.cookies(`${currentRun().origin}/session`)).toHaveLength(1);
  await context.setOffline(false);
  await expect.poll(() => context.cookies(`${currentRun().origin}/session`)).toEqual([]);
});

/** Signs in from a page as another tab would, whoever is signed in. */
async function signInBeside(page: Page, { email, password }: Person): Promise<void> {
  await page.evaluate(
    async (input) => {
      const query = `mutation ($input: LoginInput!) {
        login(input: $input) { ... on AuthPayload { accessToken refreshToken expiresIn } }
      }`;
      await fetch('/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: { input } }),
      });
      new BroadcastChannel('marquee.session').postMessage('signed-in');
    },
    { email, password },
  );
}

async function signOut(page: Page): Promise<void> {
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('Sign in to see this page.')).toBeVisible();
}
