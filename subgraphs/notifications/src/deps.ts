import type { SqlTransaction } from '@marquee/database';
import type { PrismaClient } from '@marquee/prisma-notifications';
import type { SubgraphRuntime } from '@marquee/subgraph';
import type { Log } from '@marquee/telemetry';

import { NoticeKeyRepository } from './adapters/notice-keys.ts';
import { NotificationRepository } from './adapters/notifications.ts';
import { peopleOf } from './adapters/people.ts';
import { PreferenceRepository } from './adapters/preferences.ts';
import { PushDeliveryRepository } from './adapters/push-deliveries.ts';
import { PushEndpointRepository } from './adapters/push-endpoints.ts';
import { PushHostRepository } from './adapters/push-hosts.ts';
import { type PushSender, pushSender } from './adapters/push-sender.ts';
import { observePushes } from './adapters/push-telemetry.ts';
import { isBrowserKey, vapidKeys } from './adapters/vapid.ts';
import type { FetchPeople } from './domain/people.ts';
import type { Settings } from './settings.ts';
import type { NotifyDeps } from './use-cases/notify.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps extends ReturnType<typeof observePushes> {
  readonly notifications: NotificationRepository;
  readonly preferences: PreferenceRepository;
  readonly noticeKeys: NoticeKeyRepository;
  readonly pushEndpoints: PushEndpointRepository;
  readonly pushDeliveries: PushDeliveryRepository;
  readonly pushHosts: PushHostRepository;
  readonly pushes: PushSender;
  readonly sendPush: PushSender['send'];
  /** With which browsers subscribe. */
  readonly pushPublicKey: string;
  readonly pushIntervalMs: number;
  readonly allowsLoopback: boolean;
  readonly isBrowserKey: (p256dh: string) => boolean;
  readonly fetchPeople: FetchPeople;
  readonly log: Log;
  readonly now: () => Date;
}

export function openDeps(runtime: SubgraphRuntime<PrismaClient, Settings>): Deps {
  const { client, calls, now, settings, instruments, log } = runtime;
  const { pushKey, pushContact: contact, pushIntervalMs, pushTimeoutMs: timeoutMs } = settings;
  const allowsLoopback = settings.pushLoopback === 'on';
  const vapid = vapidKeys(pushKey);
  const pushes = pushSender({ vapid, contact, allowsLoopback, timeoutMs });
  const pushDeliveries = new PushDeliveryRepository(client);
  const pushHosts = new PushHostRepository(client);
  return {
    notifications: new NotificationRepository(client),
    preferences: new PreferenceRepository(client),
    noticeKeys: new NoticeKeyRepository(client),
    pushEndpoints: new PushEndpointRepository(client),
    ...{ pushDeliveries, pushHosts, pushes, sendPush: pushes.send, pushPublicKey: vapid.publicKey },
    ...observePushes({ deliveries: pushDeliveries, hosts: pushHosts }, instruments, log),
    ...{ pushIntervalMs, allowsLoopback, isBrowserKey, fetchPeople: peopleOf(calls), log, now },
  };
}

/** What telling people needs, within the transaction of an event. */
export function tellingIn(tx: SqlTransaction, now: () => Date): NotifyDeps {
  return {
    notifications: new NotificationRepository(tx),
    preferences: new PreferenceRepository(tx),
    noticeKeys: new NoticeKeyRepository(tx),
    pushDeliveries: new PushDeliveryRepository(tx),
    now,
  };
}
