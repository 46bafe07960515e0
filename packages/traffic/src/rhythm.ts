import { type Random, sumsOf } from './random.ts';

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** How busy each hour of a city's day is: lunch, and the evening. */
const HOURS = sumsOf([2, 1, 0.5, 0.3, 0.3, 0.6, 2, 4, 5, 6, 7, 8, 11, 10, 8, 7, 8, 10, 13, 16, 18, 16, 11, 6]);
/** From Sunday. */
const WEEKDAYS = [1.1, 0.8, 0.8, 0.9, 1, 1.25, 1.2];

/** A moment of the 24 hours from `start`, at an hour when people of a city are awake. */
export function momentOf(start: number, offset: number, random: Random): number {
  const clock = random.weighted(HOURS) * HOUR_MS + random.next() * HOUR_MS;
  const after = (clock - offset - start) % DAY_MS;
  return start + (after < 0 ? after + DAY_MS : after);
}

/** How busy a day is beside an average one. */
export function weekdayFactor(start: number): number {
  return WEEKDAYS[new Date(start).getUTCDay()] ?? 1;
}

/** The offset of a zone's clocks from UTC at a moment. */
export function offsetMs(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return shown - Math.floor(at / 60_000) * 60_000;
}
