import type { Page } from '@playwright/test';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from '../harness/fixtures.ts';
import { openHall } from '../harness/halls.ts';
import { register } from '../harness/people.ts';
import { chooseSeat, openSeatMap } from '../harness/seat-map.ts';
import { buy, type ChosenShow, freeSeats, freshShow, hold } from '../harness/shows.ts';
import { chooseColours, visit } from '../harness/visit.ts';

const FOLDER = new URL('../../../docs/pictures/', import.meta.url);
const MAX_BYTES = 150_000;

test('the seat map, light and dark', async ({ anonymous }) => {
  const show = await freshShow(1);
  await sellSome(show);
  const page = await anonymous();
  await page.setViewportSize({ width: 1_000, height: 640 });
  await openSeatMap(page, show.show.id);
  for (const seat of (await freeSeats(show.show.id, 2)).slice(0, 2)) await chooseSeat(page, seat);
  await page.mouse.move(0, 0);
  await page.evaluate(() => scrollTo({ top: 76 }));
  // A gradient takes more bytes than everything else in the picture.
  const plan = page.getByRole('grid', { name: 'Seat plan' });
  await plan.evaluate((grid) => grid.closest('div')?.style.setProperty('background', 'var(--surface)'));
  await chooseColours(page, 'light');
  await picture(page, 'seat-map-light');
  await chooseColours(page, 'dark');
  await picture(page, 'seat-map-dark');
});

test('the first page', async ({ anonymous }) => {
  const page = await anonymous();
  await page.setViewportSize({ width: 1_120, height: 700 });
  await chooseColours(page, 'light');
  await visit(page, '/');
  await picture(page, 'home');
});

test('a ticket', async ({ signedIn }) => {
  const { show } = await freshShow(0);
  const { page, person } = await signedIn();
  await page.setViewportSize({ width: 900, height: 760 });
  const { id } = await buy(person, show.id, 2);
  await visit(page, `/bookings/${id}`);
  await picture(page, 'ticket');
});

test('the calendar of a venue', async ({ signedIn }) => {
  const { page } = await signedIn('partner');
  await page.setViewportSize({ width: 1_120, height: 700 });
  await visit(page, '/backoffice/schedule');
  await picture(page, 'calendar');
});

test('the scanner at a door', async ({ signedIn }) => {
  const { showId } = await openHall({ rows: 4, seatsPerRow: 10, hours: 1 });
  const guest = await register('Kim');
  const { tickets } = await buy(guest, showId, 2);
  const { page } = await signedIn('partner');
  await page.setViewportSize({ width: 900, height: 700 });
  await visit(page, `/backoffice/door/${showId}`);
  await page.getByLabel('Code of the ticket').fill(tickets[0]?.qrCode ?? '');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByRole('alert').first()).toContainText('Admit');
  await picture(page, 'scanner');
});

/** A hall as it is before a good evening. */
async function sellSome({ show }: ChosenShow): Promise<void> {
  for (let parties = 0; parties < 8; parties++) {
    const person = await register();
    await buy(person, show.id, 1 + (parties % 3));
    await hold(person, show.id, await freeSeats(show.id, 1));
  }
}

async function picture(page: Page, name: string): Promise<void> {
  const path = fileURLToPath(new URL(`${name}.png`, FOLDER));
  await page.screenshot({ path, animations: 'disabled' });
  expect(statSync(path).size, 'small enough for the repository').toBeLessThan(MAX_BYTES);
}
