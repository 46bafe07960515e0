import { expect, type Page } from '@playwright/test';

import { chooseSeat, holdChoice, openSeatMap } from './seat-map.ts';
import { type ChosenSeat, freeSeats } from './shows.ts';

/** Test cards of the sandbox provider. */
export type Card = 'tok_visa' | 'tok_insufficient_funds' | 'tok_requires_action' | 'tok_flaky' | 'tok_late';

/** A seat that nobody has. */
export async function freeSeat(showId: string): Promise<ChosenSeat> {
  const [seat] = await freeSeats(showId, 1);
  if (!seat) throw new Error(`The show ${showId} is full.`);
  return seat;
}

/** Holds a seat of the show on its plan. Ends at the checkout. */
export async function holdSeat(page: Page, showId: string): Promise<void> {
  await openSeatMap(page, showId);
  await chooseSeat(page, await freeSeat(showId));
  await holdChoice(page);
  await expect(page.getByRole('heading', { name: 'Check your order' })).toBeVisible();
}

/** Makes a booking of what is held. @returns its id */
export async function goToPayment(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Go to payment/ }).click();
  return bookingShown(page);
}

/** The id of the booking that is being paid. */
export async function bookingShown(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { name: 'Pay for your tickets' })).toBeVisible();
  return /\/pay\/([^/?]+)/.exec(page.url())?.[1] ?? '';
}

export async function payBy(page: Page, card: Card): Promise<void> {
  await page.getByLabel('Test card').selectOption(card);
  await page.getByRole('button', { name: /^Pay / }).click();
}

export async function expectConfirmed(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Enjoy the show!' })).toBeVisible({ timeout: 30_000 });
}
