import { badInput } from '@marquee/errors';

import type { FetchPeople } from '../domain/people.ts';
import { isTimeOfDay, type QuietHours } from '../domain/quiet-hours.ts';

export interface SetQuietHoursDeps {
  readonly quietHours: { save(userId: string, hours: QuietHours | null): Promise<void> };
  readonly fetchPeople: FetchPeople;
}

/**
 * Sets or ends a person's quiet hours.
 *
 * @throws {CodedError} BAD_USER_INPUT when they are no times of day or would last all of it, or the person's time zone is not known
 */
export async function setQuietHours(
  { quietHours, fetchPeople }: SetQuietHoursDeps,
  { userId, hours }: { userId: string; hours: QuietHours | null },
): Promise<void> {
  if (hours) {
    for (const edge of ['from', 'until'] as const)
      if (!isTimeOfDay(hours[edge])) throw badInput(`hours.${edge}`, 'Enter a time of day such as 22:00.');
    if (hours.from === hours.until) throw badInput('hours', 'Choose an end that is not the start.');
    const [person] = await fetchPeople([userId]);
    if (!person?.timeZone) throw badInput('hours', 'Set your time zone or your home city in your profile first.');
  }
  await quietHours.save(userId, hours);
}
