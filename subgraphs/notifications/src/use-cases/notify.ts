import { newId } from '@marquee/subgraph/ids';

import { planDeliveries } from '../domain/delivery-plan.ts';
import type { Notice } from '../domain/notification.ts';
import type { MailNotices, NoticeKeys, Notifications, Preferences, PushDeliveries } from '../domain/ports.ts';
import { pushMessageOf } from '../domain/push-message.ts';
import { isUrgent } from '../domain/urgency.ts';

export interface NotifyDeps {
  readonly notifications: Pick<Notifications, 'add'>;
  readonly preferences: Pick<Preferences, 'ofUsers'>;
  readonly noticeKeys: NoticeKeys;
  readonly pushDeliveries: Pick<PushDeliveries, 'add'>;
  readonly mailNotices: MailNotices;
  readonly now: () => Date;
}

/** A notice, and the trace context of what caused it. */
export interface CausedNotice extends Notice {
  readonly traceparent?: string | undefined;
}

/** Tells people, by the channels that they chose, and of what has a key once. */
export async function notify(deps: NotifyDeps, given: readonly CausedNotice[]): Promise<void> {
  const createdAt = deps.now();
  const fresh = await untold(deps, given);
  if (fresh.length === 0) return;
  const notices = fresh.map((notice) => ({
    ...{ ...notice, id: newId('ntf'), createdAt, isUrgent: isUrgent(notice, createdAt) },
  }));
  const plan = planDeliveries(notices, await deps.preferences.ofUsers([...new Set(fresh.map(({ userId }) => userId))]));
  if (plan.IN_APP.length > 0) await deps.notifications.add(plan.IN_APP);
  const pushes = plan.PUSH.map((notice) => pushMessageOf(notice, createdAt));
  if (pushes.length > 0) await deps.pushDeliveries.add(pushes);
  if (plan.EMAIL.length > 0) await deps.mailNotices.add(plan.EMAIL);
}

/** The notices without a key, and the first with each key that was free. */
async function untold({ noticeKeys }: NotifyDeps, notices: readonly CausedNotice[]): Promise<readonly CausedNotice[]> {
  const keys = notices.flatMap(({ userId, key }) => (key === undefined ? [] : [{ userId, key }]));
  if (keys.length === 0) return notices;
  const free = new Set((await noticeKeys.take(keys)).map(({ userId, key }) => `${userId} ${key}`));
  return notices.filter(({ userId, key }) => key === undefined || free.delete(`${userId} ${key}`));
}
