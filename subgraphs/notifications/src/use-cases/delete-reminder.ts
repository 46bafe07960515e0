import { notFound } from '@marquee/errors';

import type { Reminders } from '../domain/ports.ts';

/** Ends a reminder of a person. @throws {CodedError} NOT_FOUND unless it is theirs and waits */
export async function deleteReminder(
  { reminders }: { readonly reminders: Pick<Reminders, 'remove'> },
  { userId, id }: { userId: string; id: string },
): Promise<void> {
  if (!(await reminders.remove(userId, id))) throw notFound('reminder');
}
