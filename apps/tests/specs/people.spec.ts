import type { Page } from '@playwright/test';

import { giveAuthenticator } from '../harness/authenticator.ts';
import { expect, test } from '../harness/fixtures.ts';
import { graph } from '../harness/graph.ts';
import { accountLink, demoAccount, register, signInBy } from '../harness/people.ts';
import { currentRun } from '../harness/run.ts';
import { chooseLanguage } from '../harness/visit.ts';

test.describe.configure({ timeout: 120_000 });

/** Browsers keep passkeys for names, and for no numbers. */
const named = (path: string): string => {
  const { port } = new URL(currentRun().origin);
  return `http://localhost:${port}${path}`;
};

/** The requests of the page to authenticators, in their order: how, and whether it has ended them. */
const asked = (page: Page): Promise<(readonly [mediation: string, isEnded: boolean])[]> =>
  page.evaluate(() => {
    const calls = (globalThis as { asked?: CredentialRequestOptions[] }).asked ?? [];
    return calls.map(({ mediation = 'optional', signal }) => [mediation, signal?.aborted === true] as const);
  });

async function recordAsked(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const calls: CredentialRequestOptions[] = [];
    const get = navigator.credentials.get.bind(navigator.credentials);
    Object.assign(globalThis, { asked: calls });
    navigator.credentials.get = (options = {}) => {
      calls.push(options);
      return get(options);
    };
  });
}

test('a passkey signs in from where the browser fills in the address', async ({ page }) => {
  await recordAsked(page);
  const phone = await giveAuthenticator(page);
  const person = await register();
  await page.goto(named('/sign-in?next=/account/security'));
  await signInBy(page, person);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('Name of the passkey').fill('My phone');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByText('My phone')).toBeVisible();
  await phone.touch(false);
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await expect(accountLink(page)).toHaveCount(0);
  await phone.touch(true);
  await page.goto(named('/sign-in'));
  await expect(accountLink(page)).toBeVisible();
  expect(await asked(page)).toEqual([['conditional', false]]);
});

test('passkeys are offered until the person types, asks for one, or leaves', async ({ page }) => {
  await recordAsked(page);
  const phone = await giveAuthenticator(page);
  await phone.touch(false);
  await page.goto(named('/sign-in'));
  await expect.poll(() => asked(page)).toEqual([['conditional', false]]);
  await page.getByLabel('Email').fill('a');
  await expect.poll(() => asked(page)).toEqual([['conditional', true]]);
  await page.getByLabel('Email').fill('');
  await expect
    .poll(() => asked(page))
    .toEqual([
      ['conditional', true],
      ['conditional', false],
    ]);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await expect
    .poll(() => asked(page))
    .toEqual([
      ['conditional', true],
      ['conditional', true],
    ]);
  await page.goBack();
  await expect.poll(async () => (await asked(page)).length).toBe(3);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect
    .poll(async () => (await asked(page)).slice(2, 4))
    .toEqual([
      ['conditional', true],
      ['optional', false],
    ]);
});

test('a file of one’s data is asked for once, and found in another browser', async ({ signedIn }) => {
  const { page, person } = await signedIn();
  await page.goto('/account/privacy');
  await page.getByRole('button', { name: 'Ask for the file' }).click();
  await expect(page.getByText('Ready', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Ask for the file' })).toHaveCount(0);
  const other = await signedIn(person);
  await other.page.goto('/account/privacy');
  await expect(other.page.getByText(/You can download it until/)).toBeVisible();
  const download = other.page.waitForEvent('download');
  await other.page.getByRole('button', { name: /^Download the file of/ }).click();
  expect((await download).suggestedFilename()).toBe('marquee-data.json');
});

test('a question whose answer was lost is one ticket when it is sent again', async ({ signedIn, findings }) => {
  findings.expect(/request: POST \/graphql OpenSupportTicket/);
  const { page, person } = await signedIn();
  let lost = 0;
  await page.route('**/graphql', async (route) => {
    const isAsked = route.request().postData()?.includes('"operationName":"OpenSupportTicket"') === true;
    if (!isAsked || lost++ > 0) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.goto('/support/new');
  await page.getByText('Something else').click();
  await page.getByLabel('Subject').fill('A lost answer');
  await page.getByLabel('Your question').fill('Does it arrive once?');
  const send = page.getByRole('button', { name: 'Send the question' });
  await send.click();
  await expect(page.getByRole('alert')).toBeVisible();
  await send.click();
  await expect(page.getByRole('heading', { name: 'A lost answer' })).toBeVisible();
  const { viewer } = await graph<{ viewer: { supportTickets: { edges: object[] } } }>(
    '{ viewer { supportTickets { edges { node { id } } } } }',
    {},
    person.accessToken,
  );
  expect([lost, viewer.supportTickets.edges.length]).toEqual([2, 1]);
});

test('an article that was read in one language is read in another, and its title stays its own', async ({ page }) => {
  const { helpArticles } = await graph<{ helpArticles: { edges: { node: { articleId: string; title: string } }[] } }>(
    '{ helpArticles(first: 1) { edges { node { articleId title } } } }',
  );
  const { articleId, title = '' } = helpArticles.edges[0]?.node ?? {};
  await page.goto('/help');
  await page.getByRole('link', { name: title }).click();
  await expect(page).toHaveURL(new RegExp(`/help/${articleId}$`));
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await page.getByLabel('Language').first().selectOption('de');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(title);
  await page.getByRole('link', { name: 'Zur Hilfe' }).click();
  await expect(page.getByRole('link', { name: title })).toHaveCount(0);
});

test('demo accounts say in the page’s language what they are for', async ({ page }) => {
  await chooseLanguage(page, 'de');
  await page.goto('/backoffice/sign-in');
  const accounts = page.getByRole('region', { name: 'Demokonten' });
  await expect(accounts.getByRole('button', { name: /^agent@/ })).toContainText('Support');
  await expect(accounts.getByRole('button', { name: /^boxoffice@/ })).toContainText('Kasse · Harbour Lane Pictures');
  await expect(accounts).not.toContainText(/[A-Z]{2,}_?[A-Z]*/);
  await expect(accounts.getByRole('button', { name: /^customer@/ })).toHaveCount(0);
});

test('support opens an account by its address, and administers nothing there', async ({ signedIn }) => {
  const someone = await register('Toni');
  const { users } = await graph<{ users: { edges: { node: { id: string } }[] } }>(
    'query ($search: String) { users(search: $search) { edges { node { id } } } }',
    { search: someone.email },
    (await demoAccount('agent')).accessToken,
  );
  const { page } = await signedIn('agent');
  await page.goto(`/backoffice/users/${users.edges[0]?.node.id}`);
  await expect(page.getByRole('heading', { name: 'Toni' })).toBeVisible();
  await expect(page.getByText(someone.email)).toBeVisible();
  await expect(page.getByText('Administrators change roles, status and sessions.')).toBeVisible();
  await page.goto('/backoffice/users/usr_nobody');
  await expect(page.getByText('There is no account here.')).toBeVisible();
});
