import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';

import { giveAuthenticator, withoutAutofill } from '../harness/authenticator.ts';
import { expect, test } from '../harness/fixtures.ts';
import { ageSignIns } from '../harness/passing-time.ts';
import { accountLink } from '../harness/people.ts';
import { visit } from '../harness/visit.ts';

test.describe.configure({ timeout: 90_000 });

test('a provider that is linked to an account signs in to it until it is unlinked', async ({ signedIn }) => {
  const { page, person } = await signedIn();
  const address = `casey-${randomUUID()}@example.test`;
  await visit(page, '/account/security');
  await page.getByRole('button', { name: 'Link Sandbox' }).click();
  await answerProvider(page, address);
  await expect(page.getByRole('button', { name: 'Unlink Sandbox' })).toBeVisible();
  await expect(page).toHaveURL(/\/account\/security$/);

  await signOut(page);
  await signInByProvider(page, address);
  await expect(page.getByRole('main')).toContainText(person.email);

  await visit(page, '/account/security');
  await page.getByRole('button', { name: 'Unlink Sandbox' }).click();
  await expect(page.getByRole('button', { name: 'Link Sandbox' })).toBeVisible();

  await signOut(page);
  await signInByProvider(page, address);
  await expect(page.getByRole('main'), 'an account of its own').toContainText(address);
});

test('whoever declines at the provider is told, and signs in another way', async ({ page }) => {
  await visit(page, '/sign-in');
  await page.getByRole('button', { name: 'Continue with Sandbox' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Continue with Sandbox' })).toBeVisible();
});

test('whoever declines to link a provider is told, and led back', async ({ signedIn }) => {
  const { page } = await signedIn();
  await visit(page, '/account/security');
  await page.getByRole('button', { name: 'Link Sandbox' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByRole('link', { name: 'Go back' }).click();
  await expect(page.getByRole('button', { name: 'Link Sandbox' })).toBeVisible();
});

test('a passkey signs in, and confirms who one is where that has to be fresh', async ({ signedIn }) => {
  const { page, person } = await signedIn();
  await giveAuthenticator(page);
  await withoutAutofill(page);
  await visit(page, '/account/security');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('Name of the passkey').fill('My telephone');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'My telephone' })).toContainText('not used yet');

  await signOut(page);
  await visit(page, '/sign-in?next=/account/security');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'My telephone' })).toContainText('last used');

  await ageSignIns(person);
  await visit(page, '/cards');
  await page.getByRole('button', { name: 'Save the card' }).click();
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await expect(question).toContainText(person.email);
  await question.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByText('The card is saved.')).toBeVisible();
  await expect(question).toHaveCount(0);
});

async function answerProvider(page: Page, address: string): Promise<void> {
  await page.getByLabel('Name').fill('Casey Example');
  await page.getByLabel('Email address').fill(address);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function signInByProvider(page: Page, address: string): Promise<void> {
  await visit(page, '/sign-in?next=/account');
  await page.getByRole('button', { name: 'Continue with Sandbox' }).click();
  await answerProvider(page, address);
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await expect(accountLink(page)).toHaveCount(0);
}
