import { type ChildProcess, fork } from 'node:child_process';
import { createECDH, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { type DomainEvent, redisStreamsLog } from '../../../packages/events/src/index.ts';
import { openWorld, type World } from '../events/world.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { type PushService, startPushService } from './push-service.ts';
import { catalogue, NAMESPACE } from './sample.ts';

/** Notifications in a process of its own, with its third parties. */
export interface NotificationsWorld extends Pick<World, 'database'> {
  readonly push: PushService;
  readonly mail: MailServer;
  /** Registers a browser for each person. */
  subscribe(people: readonly string[]): Promise<void>;
  /** Publishes booking's events, as its relay does. */
  publish(events: readonly DomainEvent[]): Promise<void>;
  /** Seconds of processor that the subgraph has used. */
  processor(): Promise<number>;
  stop(): Promise<void>;
}

/** @param silent people whose browsers never answer */
export async function openNotificationsWorld(silent: ReadonlySet<string>): Promise<NotificationsWorld> {
  const { database, databaseUrl, redisUrl, ...world } = await openWorld();
  const push = await startPushService(silent);
  const mail = await startMailServer();
  const redis = new Redis(redisUrl);
  const log = redisStreamsLog({ redis, catalogue, namespace: NAMESPACE });
  const child = await startSubgraph(databaseUrl, redisUrl, mail.url);
  const browser = createECDH('prime256v1');
  const keys = { p256dh: browser.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') };
  return {
    ...{ database, push, mail },
    subscribe: async (people) => {
      const { host } = new URL(push.origin);
      await database.$executeRaw`
        INSERT INTO push_endpoints (id, user_id, session_id, endpoint, host, p256dh, auth)
        SELECT 'psh_' || person, person, 'ses_1', ${push.origin} || '/' || person, ${host}, ${keys.p256dh}, ${keys.auth}
        FROM unnest(${people}::text[]) AS person`;
    },
    publish: (events) =>
      log.append(
        'booking',
        events.map((event) => ({ event, pushes: [] })),
        events.map(({ id }) => id),
      ),
    processor: async () => {
      child.send('report');
      const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage];
      return (user + system) / 1e6;
    },
    stop: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      await log.close();
      redis.disconnect();
      push.stop();
      mail.stop();
      await world.stop();
    },
  };
}

async function startSubgraph(databaseUrl: string, redisUrl: string, mailUrl: string): Promise<ChildProcess> {
  const [pushKey, mailKey] = [randomBytes(32), randomBytes(32)].map((key) => key.toString('base64url'));
  const settings = { pushKey, mailKey, mailUrl, pushLoopback: 'on', publicUrl: 'http://127.0.0.1' };
  const file = new URL('worker-main.ts', import.meta.url);
  const child = fork(file.pathname, [databaseUrl, redisUrl, JSON.stringify(settings)], {
    execArgv: ['--import', 'tsx'],
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('The subgraph did not start.')));
  await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => undefined);
  return child;
}
