import type { Locator } from '@playwright/test';

import { expect, test } from '../harness/fixtures.ts';
import { openHall } from '../harness/halls.ts';
import { CHOSEN, expectSeat, FREE, openSeatMap, seatOn } from '../harness/seat-map.ts';
import { dragFingers, pinch, type Point } from '../harness/touch.ts';

test.use({ hasTouch: true, isMobile: true, viewport: { width: 412, height: 823 } });

const SEAT = { row: '5', number: 10 };

test('two fingers zoom the plan around what is between them, and one moves it', async ({ page }) => {
  const { showId } = await openHall({ rows: 10, seatsPerRow: 20 });
  await openSeatMap(page, showId);
  const seat = seatOn(page, SEAT);
  await seat.scrollIntoViewIfNeeded();
  const before = await middleOf(seat);
  const size = await widthOf(seat);

  await pinch(page, before, 60, 150);
  await expect.poll(async () => (await widthOf(seat)) / size).toBeGreaterThan(2);
  const zoomed = await middleOf(seat);
  expect(distance(zoomed, before), 'the seat between the fingers stays there').toBeLessThan(20);
  expect(await page.evaluate(() => visualViewport?.scale), 'the page is as large as before').toBe(1);
  await expectSeat(page, SEAT, FREE);

  await dragFingers(page, [{ from: zoomed, to: { x: zoomed.x - 60, y: zoomed.y } }]);
  await expect.poll(async () => zoomed.x - (await middleOf(seat)).x).toBeGreaterThan(40);
  await expectSeat(page, SEAT, FREE);

  const { x, y } = await middleOf(seat);
  await page.touchscreen.tap(x, y);
  await expectSeat(page, SEAT, CHOSEN);

  await pinch(page, { x, y }, 200, 40);
  await expect.poll(async () => Math.abs((await widthOf(seat)) - size)).toBeLessThan(1);
});

async function boxOf(seat: Locator) {
  const box = await seat.boundingBox();
  if (!box) throw new Error('The seat is not drawn.');
  return box;
}

const widthOf = async (seat: Locator): Promise<number> => (await boxOf(seat)).width;

async function middleOf(seat: Locator): Promise<Point> {
  const { x, y, width, height } = await boxOf(seat);
  return { x: x + width / 2, y: y + height / 2 };
}

const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);
