import { expect, type Locator, type Page } from '@playwright/test';

import type { ChosenSeat } from './shows.ts';
import { visit } from './visit.ts';

/** Where a seat is, as the plan says it. */
type SeatPlace = Pick<ChosenSeat, 'row' | 'number'>;

/** A seat on the plan, by what a screen reader says of it: “Row C seat 7, Premium, 12.00 €, free”. */
export function seatOn(page: Page, { row, number }: SeatPlace): Locator {
  return page.getByRole('gridcell', { name: new RegExp(`^Row ${row} seat ${number},`) }).first();
}

/** Whether the plan says that a seat is free, chosen, on hold, sold and so on. */
export async function expectSeat(page: Page, seat: SeatPlace, look: RegExp): Promise<void> {
  await expect(seatOn(page, seat)).toHaveAccessibleName(look);
}

export const FREE = /, free$/;
export const CHOSEN = /, your choice$/;
export const MINE = /, held for you$/;
export const HELD = /, on hold$/;
export const SOLD = /, sold$/;

export async function openSeatMap(page: Page, showId: string): Promise<void> {
  await visit(page, `/shows/${showId}`);
  await expect(page.getByRole('grid', { name: 'Seat plan' })).toBeVisible();
}

export async function chooseSeat(page: Page, seat: SeatPlace): Promise<void> {
  // By the place alone: a seat's drawing may have a hole in its middle, and the plan finds the seat that is meant.
  await seatOn(page, seat).click({ force: true });
  await expectSeat(page, seat, CHOSEN);
}

/** Holds what is chosen. */
export async function holdChoice(page: Page, timeout?: number): Promise<void> {
  await page.getByRole('button', { name: /^Hold \d/ }).click({ timeout });
}
