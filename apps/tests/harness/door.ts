import { expect, type Locator, type Page } from '@playwright/test';

/** The gate's word on the latest ticket. */
export function sign(page: Page): Locator {
  return page.getByRole('alert').first();
}

export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code of the ticket').fill(code);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
}

/** Waits until the page and its files are on the device. */
export async function whenKeptForOffline(page: Page): Promise<void> {
  const areKept = () =>
    page.evaluate(async () => {
      const { active } = (await navigator.serviceWorker.getRegistration()) ?? {};
      const scripts = performance
        .getEntriesByType('resource')
        .flatMap(({ name }) => (name.endsWith('.js') ? [name] : []));
      const kept = await Promise.all(
        ['/backoffice/', ...scripts].map((path) => caches.match(path, { ignoreVary: true })),
      );
      return active?.state === 'activated' && kept.every((response) => response !== undefined);
    });
  await expect.poll(areKept, { timeout: 20_000 }).toBe(true);
}
