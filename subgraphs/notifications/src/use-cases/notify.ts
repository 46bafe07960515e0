import { newId } from '@marquee/subgraph/ids';

import type { Notice } from '../domain/notification.ts';
import type { Notifications, Preferences } from '../domain/ports.ts';
import { DEFAULT_CHANNELS } from '../domain/preferences.ts';

export interface NotifyDeps {
  readonly notifications: Pick<Notifications, 'add'>;
  readonly preferences: Pick<Preferences, 'channelsFor'>;
  readonly now: () => Date;
}

/** Puts a notice into a person's inbox, unless they chose other channels for its kind. */
export async function notify({ notifications, preferences, now }: NotifyDeps, notice: Notice): Promise<void> {
  const chosen = await preferences.channelsFor(notice.userId, notice.kind);
  const channels = chosen ?? DEFAULT_CHANNELS[notice.kind];
  if (channels.includes('IN_APP')) {
    await notifications.add({ ...notice, id: newId('ntf'), createdAt: now(), readAt: null });
  }
}
