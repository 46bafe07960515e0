import { badInput } from '@marquee/errors';

import type { Notifications } from '../domain/ports.ts';

/** Notifications that one request can mark. */
export const MARKED_AT_A_TIME = 100;

export interface MarkNotificationsReadDeps {
  readonly notifications: Pick<Notifications, 'markRead' | 'countUnread'>;
  readonly now: () => Date;
}

/**
 * Marks notifications as read. Ids of other people's notifications are ignored, which hides whether they exist.
 *
 * @returns the number that are still unread
 * @throws {CodedError} BAD_USER_INPUT for more than {@link MARKED_AT_A_TIME} ids
 */
export async function markNotificationsRead(
  { notifications, now }: MarkNotificationsReadDeps,
  { userId, ids }: { userId: string; ids: readonly string[] },
): Promise<number> {
  if (ids.length > MARKED_AT_A_TIME) throw badInput('ids', `Mark at most ${MARKED_AT_A_TIME} at a time.`);
  if (ids.length > 0) await notifications.markRead(userId, ids, now());
  return notifications.countUnread(userId);
}
