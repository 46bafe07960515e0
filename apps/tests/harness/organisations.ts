import { expect, type Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';

import { visit } from './visit.ts';

/** Founds an organisation by its form. Ends at its page. @returns its name */
export async function foundOrganisation(page: Page): Promise<string> {
  const name = `Lantern ${randomUUID().slice(0, 8)}`;
  await visit(page, '/backoffice/organisations/new');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Country').fill('NL');
  await page.getByRole('button', { name: 'Found the organisation' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  return name;
}
