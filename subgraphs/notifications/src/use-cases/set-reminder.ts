import { badInput, notFound } from '@marquee/errors';
import { newId } from '@marquee/subgraph/ids';

import type { FindTitleAndCity, Reminders } from '../domain/ports.ts';
import { MAX_REMINDERS, type Reminder } from '../domain/reminder.ts';

export interface SetReminderDeps {
  readonly reminders: Pick<Reminders, 'set'>;
  readonly findTitleAndCity: FindTitleAndCity;
}

/**
 * Has a person told once shows of a title are scheduled in a city. A second reminder of the same is the first one.
 *
 * @throws {CodedError} NOT_FOUND for an unknown title or city; BAD_USER_INPUT above {@link MAX_REMINDERS}
 */
export async function setReminder(
  { reminders, findTitleAndCity }: SetReminderDeps,
  { userId, titleId, cityId }: { userId: string; titleId: string; cityId: string },
): Promise<Reminder> {
  const known = await findTitleAndCity(titleId, cityId);
  if (!known.title) throw notFound('title');
  if (!known.city) throw notFound('city');
  const reminder = await reminders.set({ id: newId('rem'), userId, titleId, cityId });
  if (!reminder)
    throw badInput(
      'titleId',
      `You wait for ${MAX_REMINDERS} titles already. Delete a reminder before you set another.`,
    );
  return reminder;
}
