import { openRedis } from '@marquee/redis';
import { openLog } from '@marquee/telemetry';
import { eventually, testRedis } from '@marquee/testkit';
import { expect, onTestFinished, test, vi } from 'vitest';

import { RevokedSessions, revokedSessionsKey } from '../src/revoked-sessions.ts';

test('sessions revoked while the connection was lost are read again, until that succeeds', async () => {
  const { url, namespace } = testRedis();
  const redis = openRedis(url, { onError: () => undefined });
  const log = openLog({ service: 'identity', level: 'silent' });
  const warn = vi.spyOn(log, 'warn');
  const sessions = new RevokedSessions({ redis, namespace, log });
  onTestFinished(async () => {
    await sessions.stop();
    redis.disconnect();
  });
  await sessions.start();

  const key = revokedSessionsKey(namespace);
  await redis.set(key, 'no sorted set');
  const clients = String(await redis.client('LIST'));
  await redis.client('KILL', 'ID', new RegExp(`^id=(\\d+) .* name=${key} `, 'm').exec(clients)?.[1] ?? '');
  await eventually(() => expect(warn).toHaveBeenCalled());
  await redis
    .multi()
    .del(key)
    .zadd(key, Date.now() + 60_000, 'ses_1')
    .exec();
  await eventually(() => expect(sessions.has('ses_1')).toBe(true));
});
