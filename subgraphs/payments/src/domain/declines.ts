import { rateLimited } from '@marquee/errors';

/** The most cards of a customer that may be declined in an hour. Whoever has many stolen ones tries them out. */
export const MAX_DECLINES_AN_HOUR = 10;
export const HOUR_MS = 3_600_000;

/** The error for a customer whose cards were declined too often. @param until when another may be tried */
export function tooManyDeclines(until: Date, now: Date): Error {
  const seconds = (until.getTime() - now.getTime()) / 1_000;
  return rateLimited(seconds, 'Too many of your card payments were declined. Pay from the wallet, or try again later.');
}
