import { badInput } from '@marquee/errors';

/**
 * A calendar day such as `2027-01-31`.
 *
 * @throws {CodedError} BAD_USER_INPUT for the year 0, which Postgres rejects
 */
export function calendarDay(field: string, day: string): string {
  if (day.startsWith('0000')) throw badInput(field, 'Enter a date after the year 0.');
  return day;
}
