import type { Notice, Notification } from './notification.ts';
import type { Notifications, Preferences } from './ports.ts';
import { channelsFor } from './preferences.ts';

export interface NotifyDeps {
  readonly notifications: Pick<Notifications, 'add'>;
  readonly preferences: Pick<Preferences, 'chosenFor'>;
  readonly newId: () => string;
  readonly now: () => Date;
}

/**
 * Tells a person something in the site and the apps, unless they do not want to be told of such things there.
 *
 * @returns the notification; null when they do not want it
 */
export async function notify(deps: NotifyDeps, notice: Notice): Promise<Notification | null> {
  const chosen = await deps.preferences.chosenFor(notice.userId, notice.kind);
  if (!channelsFor(notice.kind, chosen).includes('IN_APP')) return null;
  const notification = { ...notice, id: deps.newId(), createdAt: deps.now(), readAt: null };
  await deps.notifications.add(notification);
  return notification;
}
