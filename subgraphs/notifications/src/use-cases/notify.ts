import { newId } from '@marquee/subgraph/ids';

import type { Notice } from '../domain/notification.ts';
import type { Notifications } from '../domain/ports.ts';
import { DEFAULT_CHANNELS } from '../domain/preferences.ts';

export interface NotifyDeps {
  readonly notifications: Pick<Notifications, 'add'>;
  readonly now: () => Date;
}

/** A notice, and the trace context of what caused it. */
export interface CausedNotice extends Notice {
  readonly traceparent?: string | undefined;
}

/** Puts notices into people's inboxes, unless they chose other channels for their kinds. */
export async function notify({ notifications, now }: NotifyDeps, notices: readonly CausedNotice[]): Promise<void> {
  const createdAt = now();
  await notifications.add(
    notices.map((notice) => ({
      ...{ ...notice, id: newId('ntf'), createdAt },
      isDefault: DEFAULT_CHANNELS[notice.kind].includes('IN_APP'),
    })),
  );
}
