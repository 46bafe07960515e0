import { badInput } from '@marquee/errors';

/** When a show starts and ends, and when its screen is free again. */
export interface ScreeningTimes {
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** The earliest start of the next show on the screen. */
  readonly screenFreeAt: Date;
}

/** The time a screen is kept free after a show. */
export const CLEANING_MINUTES = 15;

const MAX_SHOWS = 100;
const MAX_YEARS_AHEAD = 5;
const MINUTE_MS = 60_000;

/** The times of a show that starts then. */
export function screeningTimes(startsAt: Date, durationMinutes: number): ScreeningTimes {
  const endsAt = new Date(startsAt.getTime() + durationMinutes * MINUTE_MS);
  return { startsAt, endsAt, screenFreeAt: new Date(endsAt.getTime() + CLEANING_MINUTES * MINUTE_MS) };
}

/**
 * The start times, earliest first.
 *
 * @throws {CodedError} BAD_USER_INPUT for none or too many, and for a time in the past or too far ahead
 */
export function startTimes(field: string, given: readonly Date[], now: Date): Date[] {
  if (given.length < 1 || given.length > MAX_SHOWS) throw badInput(field, `Enter 1 to ${MAX_SHOWS} start times.`);
  for (const [index, start] of given.entries()) assertStartTime(`${field}.${index}`, start, now);
  return given.toSorted((a, b) => a.getTime() - b.getTime());
}

/** @throws {CodedError} BAD_USER_INPUT for a time in the past or too far ahead */
export function assertStartTime(field: string, start: Date, now: Date): void {
  if (start <= now) throw badInput(field, 'Choose a start time in the future.');
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + MAX_YEARS_AHEAD);
  if (start > latest) throw badInput(field, 'Choose a start time within the next five years.');
}

/**
 * When sales open.
 *
 * @param starts of the shows, earliest first
 * @throws {CodedError} BAD_USER_INPUT when a show has started by then
 */
export function salesOpening(field: string, opening: Date, starts: readonly Date[]): Date {
  const [first] = starts;
  if (first && opening >= first) throw badInput(field, 'Open sales before the first show starts.');
  return opening;
}

/**
 * Checks that each show has ended, and the screen is clean, before the next one starts.
 *
 * @param starts earliest first
 * @throws {CodedError} BAD_USER_INPUT
 */
export function assertNoOverlap(field: string, starts: readonly Date[], durationMinutes: number): void {
  const apartMs = (durationMinutes + CLEANING_MINUTES) * MINUTE_MS;
  const overlaps = starts.some((start, index) => {
    const previous = starts[index - 1];
    return previous !== undefined && start.getTime() - previous.getTime() < apartMs;
  });
  if (!overlaps) return;
  const needed = `${durationMinutes} minutes and ${CLEANING_MINUTES} for cleaning`;
  throw badInput(field, `Choose start times further apart: each show takes ${needed}.`);
}
