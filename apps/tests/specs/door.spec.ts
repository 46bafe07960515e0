import type { Page } from '@playwright/test';

import { expect, test } from '../harness/fixtures.ts';
import { openHall } from '../harness/halls.ts';
import { register } from '../harness/people.ts';
import { bookingOf, buy } from '../harness/shows.ts';
import { settled, visit } from '../harness/visit.ts';

test('a scanner goes on without a network, survives a reload, and catches up', async ({ signedIn, findings }) => {
  test.slow();
  findings.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket|Failed to fetch/);
  const { showId } = await openHall({ rows: 4, seatsPerRow: 10, hours: 1 });
  const guest = await register('Kim');
  const { id, tickets: bought } = await buy(guest, showId, 2);
  const [first, second] = bought.map(({ qrCode }) => qrCode ?? '');
  const { page, context } = await signedIn('partner');
  await visit(page, `/backoffice/door/${showId}`);
  await expect(page.getByText(/^.*List of 2 tickets/)).toBeVisible();
  await keptForOffline(page);

  await scan(page, first);
  await expect(sign(page)).toContainText('Admit');

  await context.setOffline(true);
  await page.reload();
  await settled(page);
  await scan(page, first);
  await expect(sign(page)).toContainText('Already used');
  await scan(page, second);
  await expect(sign(page)).toContainText('Admit');
  await expect(page.getByText('Not sent yet').first()).toBeVisible();
  await scan(page, 'a code that nobody has made');
  await expect(sign(page)).toContainText('Not a ticket of ours');

  await context.setOffline(false);
  await expect(page.getByText('Not sent yet')).toHaveCount(0, { timeout: 30_000 });
  const { tickets } = await bookingOf(guest, id);
  expect(tickets.map(({ status }) => status)).toEqual(['CHECKED_IN', 'CHECKED_IN']);
});

async function scan(page: Page, code: string | undefined): Promise<void> {
  await page.getByLabel('Code of the ticket').fill(code ?? '');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
}

/** The gate's word on the latest ticket. */
function sign(page: Page) {
  return page.getByRole('alert').first();
}

/** Waits until the page and its files are on the device. */
async function keptForOffline(page: Page): Promise<void> {
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
