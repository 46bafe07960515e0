import type { BrowserContext, Page } from '@playwright/test';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { codeInSight, nothing, showToCamera, tornInSight } from '../harness/camera.ts';
import { sign, whenKeptForOffline } from '../harness/door.ts';
import { expect, test } from '../harness/fixtures.ts';
import { openHall } from '../harness/halls.ts';
import { register } from '../harness/people.ts';
import { bookingOf, buy } from '../harness/shows.ts';
import { rowsOf, settled, visit } from '../harness/visit.ts';
import config from '../playwright.config.ts';

const film = join(mkdtempSync(join(tmpdir(), 'marquee-camera-')), 'film.y4m');
const { launchOptions } = config.use ?? {};

test.use({
  launchOptions: {
    ...launchOptions,
    args: [
      ...(launchOptions?.args ?? []),
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  },
});

test.beforeEach(() => showToCamera(film, [nothing(1)]));

test('the camera reads a ticket that is whole, once while it is shown, and says that it is used at the next look', async ({
  signedIn,
}) => {
  const { showId, codes } = await soldShow(2);
  const { page, context } = await signedIn('partner');
  await openGate(page, context, showId);

  showToCamera(film, [tornInSight(codes[1], 10), codeInSight(codes[0], 10)]);
  await turnOn(page);
  await expect(sign(page)).toContainText('Admit');
  // The film begins anew each two seconds: it has been seen twice.
  await secondsSeen(page, 4);
  await expect(rowsOf(page, 'Scans of this device')).toHaveCount(1);
  await expect(sign(page)).toContainText('Admit');
  await turnOff(page);

  await turnOn(page);
  await expect(sign(page)).toContainText('Already used');
});

test('who refuses the camera is told how to allow it, and the code can still be typed', async ({ signedIn }) => {
  const { showId, codes } = await soldShow(1);
  const { page } = await signedIn('partner');
  await visit(page, `/backoffice/door/${showId}`);
  await page.getByRole('button', { name: 'Use the camera' }).click();
  await expect(page.getByText(/Allow it in the browser’s settings/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use the camera' })).toHaveAttribute('aria-pressed', 'false');
  await page.getByLabel('Code of the ticket').fill(codes[0]);
  await page.getByLabel('Code of the ticket').press('Enter');
  await expect(sign(page)).toContainText('Admit');
});

test('tickets that the camera reads without a network are sent when there is one again', async ({
  signedIn,
  findings,
}) => {
  test.slow();
  findings.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket|Failed to fetch/);
  const { showId, codes, guest, bookingId } = await soldShow(1);
  const { page, context } = await signedIn('partner');
  await openGate(page, context, showId);
  await whenKeptForOffline(page);
  await context.setOffline(true);
  await page.reload();
  await settled(page);

  showToCamera(film, [codeInSight(codes[0], 10)]);
  await turnOn(page);
  await expect(sign(page)).toContainText('Admit');
  await expect(page.getByText('Not sent yet')).toHaveCount(1);

  await context.setOffline(false);
  await expect(page.getByText('Not sent yet')).toHaveCount(0, { timeout: 30_000 });
  const { tickets } = await bookingOf(guest, bookingId);
  expect(tickets.map(({ status }) => status)).toEqual(['CHECKED_IN']);
});

/** A show of the partner that begins soon, with tickets sold to one guest. */
async function soldShow(count: number) {
  const { showId } = await openHall({ rows: 4, seatsPerRow: 10, hours: 1 });
  const guest = await register('Kim');
  const { id: bookingId, tickets } = await buy(guest, showId, count);
  const codes = tickets.map(({ qrCode }) => qrCode ?? '') as [string, ...string[]];
  return { showId, codes: codes as [string, string], guest, bookingId };
}

async function openGate(page: Page, context: BrowserContext, showId: string): Promise<void> {
  await context.grantPermissions(['camera']);
  await visit(page, `/backoffice/door/${showId}`);
  await expect(page.getByText(/^.*List of \d tickets?/)).toBeVisible();
}

async function turnOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Use the camera' }).click();
  await expect(page.getByLabel('Picture of the camera')).toBeVisible();
}

async function turnOff(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Turn the camera off' }).click();
  await expect(page.getByLabel('Picture of the camera')).toHaveCount(0);
}

/** Waits until the camera has shown this much. */
async function secondsSeen(page: Page, seconds: number): Promise<void> {
  const seen = () =>
    page.getByLabel('Picture of the camera').evaluate((video) => (video as HTMLVideoElement).currentTime);
  await expect.poll(seen, { timeout: 30_000 }).toBeGreaterThan(seconds);
}
