import type { Notice, Notification } from '../domain/notification.ts';
import type { Notifications, Preferences } from '../domain/ports.ts';
import { channelsFor } from '../domain/preferences.ts';

export interface NotifyDeps {
  readonly notifications: Pick<Notifications, 'add'>;
  readonly preferences: Pick<Preferences, 'chosenFor'>;
  readonly newId: () => string;
  readonly now: () => Date;
}

/**
 * Puts a notice into a person's inbox, unless they chose not to get its kind there.
 *
 * @returns the notification; null when they chose otherwise
 */
export async function notify(deps: NotifyDeps, notice: Notice): Promise<Notification | null> {
  const chosen = await deps.preferences.chosenFor(notice.userId, notice.kind);
  if (!channelsFor(notice.kind, chosen).includes('IN_APP')) return null;
  const notification = { ...notice, id: deps.newId(), createdAt: deps.now(), readAt: null };
  await deps.notifications.add(notification);
  return notification;
}
