import type { Page } from '@playwright/test';

export interface Point {
  readonly x: number;
  readonly y: number;
}

const STEPS = 8;

/** Moves fingers from where they are put down to where they are lifted. */
export async function dragFingers(page: Page, fingers: readonly { from: Point; to: Point }[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const at = (part: number) =>
    fingers.map(({ from, to }, id) => ({
      id,
      x: from.x + (to.x - from.x) * part,
      y: from.y + (to.y - from.y) * part,
    }));
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
  for (let step = 1; step <= STEPS; step++)
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(step / STEPS) });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}

/** Two fingers around a point, which move apart or together. @param from their distance, in pixels, as `to` */
export function pinch(page: Page, { x, y }: Point, from: number, to: number): Promise<void> {
  const finger = (side: 1 | -1) => ({
    from: { x: x + (side * from) / 2, y },
    to: { x: x + (side * to) / 2, y },
  });
  return dragFingers(page, [finger(-1), finger(1)]);
}
