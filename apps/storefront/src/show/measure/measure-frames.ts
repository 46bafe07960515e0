import type { Hall } from '../map/hall.ts';
import type { SeatStore } from '../map/seat-store.ts';

export interface FrameReport {
  readonly framesPerSecond: number;
  /** The longest time between two frames. */
  readonly longestMs: number;
  readonly changes: number;
}

const CHANGES_PER_SECOND = 50;
/** Pixels that the plan is moved in a frame. */
const SPEED = 7;

/** Moves the plan by hand, has 50 seats a second change under it, and counts the frames that the browser draws. */
export async function measureFrames(
  frame: HTMLElement,
  hall: Hall,
  store: SeatStore,
  durationMs: number,
): Promise<FrameReport> {
  const { left, top, width, height } = frame.getBoundingClientRect();
  let at = { clientX: left + width / 2, clientY: top + height / 2 };
  const send = (type: string): boolean =>
    frame.dispatchEvent(new PointerEvent(type, { ...at, bubbles: true, pointerId: 1, isPrimary: true, button: 0 }));
  frame.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: -420, bubbles: true, cancelable: true }));
  send('pointerdown');
  const begun = performance.now();
  const report = { frames: 0, changes: 0, longestMs: 0 };
  let before = begun;
  for (;;) {
    const now = await nextFrame();
    report.frames += 1;
    report.longestMs = Math.max(report.longestMs, now - before);
    before = now;
    const elapsed = now - begun;
    if (elapsed >= durationMs) break;
    const isBack = Math.floor(elapsed / 500) % 2 === 1;
    at = { clientX: at.clientX + (isBack ? SPEED : -SPEED), clientY: at.clientY + (isBack ? 2 : -2) };
    send('pointermove');
    while (report.changes < (elapsed / 1_000) * CHANGES_PER_SECOND) change(hall, store, (report.changes += 1));
  }
  send('pointerup');
  return {
    framesPerSecond: Math.round(report.frames / ((performance.now() - begun) / 1_000)),
    longestMs: Math.round(report.longestMs),
    changes: report.changes,
  };
}

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

function change(hall: Hall, store: SeatStore, count: number): void {
  const seat = hall.seats[(count * 37) % hall.seats.length];
  if (!seat) return;
  const status = store.look(seat.id) === 'free' ? 'HELD' : 'AVAILABLE';
  store.apply({ version: store.version + 1, seats: [{ id: seat.id, status }] });
}
