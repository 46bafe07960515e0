import { badInput } from '@marquee/errors';

const DAY_MS = 24 * 60 * 60 * 1_000;
const MAX_DAYS = 366;

/** Calendar days such as `2027-01-31`, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** @throws {CodedError} BAD_USER_INPUT for a period that ends before it begins, exceeds a year, or starts before the year 1 */
export function assertPeriod({ from, to }: Period): void {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  if (Number.isNaN(days)) throw badInput('from', 'Enter valid dates.');
  if (from.startsWith('0000')) throw badInput('from', 'Enter a year from 1 on.');
  if (days < 0) throw badInput('to', 'The last day must not be before the first.');
  if (days > MAX_DAYS) throw badInput('to', `Choose at most ${MAX_DAYS} days.`);
}
