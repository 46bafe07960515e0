import type { Page } from '@playwright/test';

import { expect, test } from '../harness/fixtures.ts';
import { ageSignIns } from '../harness/passing-time.ts';
import { type Person, register } from '../harness/people.ts';
import { employ } from '../harness/staff.ts';
import { visit } from '../harness/visit.ts';

test('an administrator gives a person a role and takes it again, after a fresh sign-in', async ({
  signedIn,
  findings,
}) => {
  test.slow();
  // Whose role is taken has no session any more.
  findings.expect(/: 401|WebSocket|4403/);
  const [administrator, person] = await Promise.all([employ('Ada', 'ADMIN'), register('Noor')]);
  const { page } = await signedIn(administrator);
  await ageSignIns(administrator);
  await manage(page, person);
  await page.getByText('Analyst', { exact: true }).last().click();
  await page.getByRole('button', { name: 'Save the roles' }).click();
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await question.getByLabel('Password').fill('a wrong password');
  await question.getByRole('button', { name: 'Confirm' }).click();
  await expect(question).toContainText('The password is incorrect.');
  await question.getByLabel('Password').fill(administrator.password);
  await question.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('The roles of Noor are saved.')).toBeVisible();

  const { page: herPage } = await signedIn(person);
  await visit(herPage, '/backoffice/');
  const menu = herPage.getByRole('navigation', { name: 'Main menu' });
  await expect(menu.getByRole('link', { name: 'Reports' })).toBeVisible();
  await expect(menu.getByRole('link', { name: 'Users' })).toHaveCount(0);

  await manage(page, person);
  await expect(page.getByRole('checkbox', { name: 'Analyst' })).toBeChecked();
  await page.getByText('Analyst', { exact: true }).last().click();
  await page.getByRole('button', { name: 'Save the roles' }).click();
  await expect(page.getByText('The roles of Noor are saved.')).toBeVisible();
  await herPage.reload();
  await expect(herPage.getByRole('heading', { name: 'Sign in to the back office' })).toBeVisible();

  await page.getByRole('link', { name: 'What staff did with this account' }).click();
  const log = page.getByRole('region', { name: 'Audit log' });
  await expect(log.getByText('user.roles-set')).toHaveCount(2);
});

/** Opens what an administrator does with an account. */
async function manage(page: Page, { email, name }: Person): Promise<void> {
  await visit(page, '/backoffice/users');
  await page.getByRole('searchbox', { name: 'Search' }).fill(email);
  await page
    .getByRole('row', { name: new RegExp(email) })
    .getByRole('link', { name })
    .click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
}
