import { badInput } from '@marquee/errors';

/**
 * A calendar day such as `2027-01-31`.
 *
 * @throws {CodedError} BAD_USER_INPUT for a day before the year 1: the database's calendar has none
 */
export function calendarDay(field: string, day: string): string {
  if (day.startsWith('0000')) throw badInput(field, 'There is no year 0.');
  return day;
}
