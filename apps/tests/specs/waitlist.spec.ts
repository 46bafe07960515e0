import { registeredOperations } from '@marquee/stack/client';
import type { Page } from '@playwright/test';

import { expect, test } from '../harness/fixtures.ts';
import { openHall } from '../harness/halls.ts';
import { register } from '../harness/people.ts';
import { clientOf, freeSeats, hold } from '../harness/shows.ts';

const ReleaseHold = registeredOperations('storefront')<object, { holdId: string }>('ReleaseHold');

test('whoever waits moves up and is offered seats without a reload, and nothing is polled', async ({ signedIn }) => {
  const { showId } = await openHall({ rows: 1, seatsPerRow: 2 });
  const holder = await register();
  const { id: holdId } = await hold(holder, showId, await freeSeats(showId, 2));
  const [first, second] = [await signedIn(), await signedIn()];
  await joinWaitlist(first.page, showId, 1);
  await joinWaitlist(second.page, showId, 2);
  await first.page.getByRole('button', { name: 'Leave the waitlist' }).click();
  await expect(second.page.getByText('place 1 in line')).toBeVisible();
  await clientOf(holder).request(ReleaseHold, { holdId });
  const list = second.page.getByRole('region', { name: 'Waitlist' });
  await expect(list).toContainText('There are seats for you!');
  await list.getByRole('link').click();
  await expect(second.page.getByRole('heading', { name: 'Check your order' })).toBeVisible();
});

async function joinWaitlist(page: Page, showId: string, place: number): Promise<void> {
  await page.goto(`/shows/${showId}`);
  await page.getByRole('button', { name: 'Join the waitlist' }).click();
  await expect(page.getByText(`place ${place} in line`)).toBeVisible();
}
