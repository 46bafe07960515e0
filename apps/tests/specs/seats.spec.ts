import type { Page } from '@playwright/test';

import { expect, test } from '../harness/fixtures.ts';
import { openHall } from '../harness/halls.ts';
import { register } from '../harness/people.ts';
import { chooseSeat, expectSeat, FREE, HELD, holdChoice, MINE, openSeatMap, SOLD } from '../harness/seat-map.ts';
import { buy, freeSeats, hold } from '../harness/shows.ts';

const ROOM = { rows: 5, seatsPerRow: 10 };

test('two people see at once what the other holds and gives up', async ({ signedIn }) => {
  const { showId } = await openHall(ROOM);
  const [first, second] = [await signedIn(), await signedIn()];
  const [seat] = await freeSeats(showId, 1);
  if (!seat) throw new Error('The hall is full.');
  await Promise.all([openSeatMap(first.page, showId), openSeatMap(second.page, showId)]);
  await chooseSeat(first.page, seat);
  await expectSeat(second.page, seat, FREE);
  await holdChoice(first.page);
  await expectSeat(second.page, seat, HELD);
  await expect(first.page).toHaveURL(/\/checkout\//);
  await first.page.goBack();
  await expectSeat(first.page, seat, MINE);
  await first.page.getByRole('button', { name: 'Give up all seats' }).click();
  await expectSeat(second.page, seat, FREE);
});

test('the race for one seat has one winner, and the other is told what to do', async ({ signedIn }) => {
  const { showId } = await openHall(ROOM);
  const people = [await signedIn(), await signedIn()];
  const [seat] = await freeSeats(showId, 1);
  if (!seat) throw new Error('The hall is full.');
  await Promise.all(people.map(({ page }) => openSeatMap(page, showId)));
  await Promise.all(people.map(({ page }) => chooseSeat(page, seat)));
  // Whoever sees in time that the seat is gone has nothing to hold any more.
  await Promise.all(people.map(({ page }) => holdChoice(page, 2_000).catch(() => undefined)));
  const outcomes = await Promise.all(people.map(({ page }) => outcomeOf(page)));
  expect(outcomes.toSorted()).toEqual(['lost', 'won']);
});

/** The winner goes on to pay; the other is told, and offered a seat that is free. */
async function outcomeOf(page: Page): Promise<'won' | 'lost'> {
  const told = page.getByRole('alert').filter({ hasText: 'Somebody else was quicker' });
  const isLost = told.waitFor().then(() => 'lost' as const);
  const isWon = page.waitForURL(/\/checkout\//).then(() => 'won' as const);
  const outcome = await Promise.any([isWon, isLost]);
  if (outcome === 'lost') await expect(told.getByRole('button').first()).toBeVisible();
  return outcome;
}

test('seats that others buy become sold without a reload', async ({ anonymous }) => {
  const { showId } = await openHall(ROOM);
  const page = await anonymous();
  await openSeatMap(page, showId);
  const [seat] = await freeSeats(showId, 1);
  if (!seat) throw new Error('The hall is full.');
  await buy(await register(), showId, 1);
  await expectSeat(page, seat, SOLD);
});

test('a map that was offline shows what has changed meanwhile', async ({ anonymous, findings }) => {
  findings.expect(/ERR_INTERNET_DISCONNECTED|WebSocket/);
  const { showId } = await openHall(ROOM);
  const page = await anonymous();
  await openSeatMap(page, showId);
  await page.evaluate(() => void Object.assign(window, { isSamePage: true }));
  const [seat] = await freeSeats(showId, 1);
  if (!seat) throw new Error('The hall is full.');
  await page.context().setOffline(true);
  await hold(await register(), showId, [seat]);
  await expectSeat(page, seat, FREE);
  await page.context().setOffline(false);
  await expect(async () => expectSeat(page, seat, HELD)).toPass({ timeout: 30_000 });
  expect(await page.evaluate(() => 'isSamePage' in window), 'the page was not loaded again').toBe(true);
});
