import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import { newId } from '@marquee/subgraph';
import { eventually, happens } from '@marquee/testkit';
import { beforeAll, expect, test } from 'vitest';

import { PushDeliveryRepository } from '../src/adapters/push-deliveries.ts';
import { endEndpointsOf, PushEndpointRepository } from '../src/adapters/push-endpoints.ts';
import { PushHostRepository } from '../src/adapters/push-hosts.ts';
import { PushPaceRepository } from '../src/adapters/push-paces.ts';
import { QuietHoursRepository } from '../src/adapters/quiet-hours.ts';
import type { PushMessage } from '../src/domain/push-message.ts';
import { type NotificationsHarness, openNotifications } from './harness.ts';

/** A world whose jobs do not run. */
let idle: NotificationsHarness;
beforeAll(async () => {
  idle = await openNotifications();
});

const about = (titleName: string) => ({ key: 'holdExpiring', values: { titleName, minutes: 2 } }) as const;

/** A message as a plan makes it. */
const message = (userId: string, change: Partial<PushMessage> = {}): PushMessage => ({
  ...{ notificationId: newId('ntf'), userId, kind: 'BOOKING', message: about('Title'), bookingId: null, about: null },
  ...{ lane: 'BULK', urgency: 'normal', isUrgent: false, topic: null, expiresAt: new Date(Date.now() + 3_600_000) },
  ...change,
});

test('many registrations of a person at once leave the latest ten', async () => {
  expect(await registeredAtOnce((database) => database)).toBe(10);
});

test('control: without taking turns, they leave more', async () => {
  expect(await happens(async () => (await registeredAtOnce(withoutTurns)) > 10)).toBe(true);
});

test('an endpoint that is registered while its session is revoked ends with it', async () => {
  const { database } = idle;
  const [userId, sessionId] = [newId('usr'), newId('ses')];
  const keys = { host: 'push.example.com', p256dh: '', auth: '', userId, sessionId };
  const endpoint = { ...keys, id: newId('psh'), endpoint: `https://push.example.com/${newId('x')}` };
  const held = await database.$sqlTransaction(async (tx) => {
    await endEndpointsOf(tx, [{ sessionId, until: new Date(Date.now() + 600_000).toISOString() }]);
    const registering = new PushEndpointRepository(database).register(endpoint);
    const locked = () => database.$executeRaw`
      SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await eventually(async () => expect(await locked()).toBe(1));
    return { registering };
  });
  expect(await held.registering).toBeNull();
  expect(await database.pushEndpoint.count({ where: { userId } })).toBe(0);
});

test('pushes that were put off are due when quiet hours change, and one that is being sent is not', async () => {
  const { database } = idle;
  const [userId, host] = [newId('usr'), 'quiet.example.com'];
  const keys = { host, p256dh: '', auth: '', userId, sessionId: newId('ses') };
  await new PushEndpointRepository(database).register({ ...keys, id: newId('psh'), endpoint: `https://${host}/` });
  const deliveries = new PushDeliveryRepository(database);
  const claimed = async () =>
    (await deliveries.claim('TRANSACTIONAL', 100)).filter((each) => each.userId === userId).map(({ id }) => id);
  const add = () => deliveries.add([message(userId, { lane: 'TRANSACTIONAL' })]);
  await add();
  const [held = ''] = await claimed();
  await new PushPaceRepository(database).delay([{ id: held, until: new Date(Date.now() + 600_000) }]);
  await add();
  expect(await claimed()).toHaveLength(1);
  await new QuietHoursRepository(database).save(userId, null);
  expect(await claimed()).toEqual([held]);
});

/** Nine endpoints one after the other, then four at once. @returns how many are left */
async function registeredAtOnce(through: (database: SqlDatabase) => SqlDatabase): Promise<number> {
  const userId = newId('usr');
  const keys = { host: 'push.example.com', p256dh: '', auth: '', userId, sessionId: newId('ses') };
  const endpoint = () => ({ id: newId('psh'), endpoint: `https://push.example.com/${newId('x')}`, ...keys });
  const inTurn = new PushEndpointRepository(idle.database);
  for (let registered = 0; registered < 9; registered += 1) await inTurn.register(endpoint());
  const atOnce = new PushEndpointRepository(through(idle.database));
  await Promise.all(Array.from({ length: 4 }, () => atOnce.register(endpoint())));
  return idle.database.pushEndpoint.count({ where: { userId } });
}

/** Transactions that take no lock, and commit when all four have done what they do. */
function withoutTurns(database: SqlDatabase): SqlDatabase {
  let running = 4;
  let commit = (): void => undefined;
  const everybody = new Promise<void>((resolve) => (commit = resolve));
  const unlocked = (tx: SqlTransaction): SqlTransaction => ({
    $queryRaw: (query, ...values) => tx.$queryRaw(query, ...values),
    $executeRaw: (query, ...values) =>
      String(query).includes('lock') ? Promise.resolve(0) : tx.$executeRaw(query, ...values),
  });
  return {
    ...database,
    $sqlTransaction: (work) =>
      database.$sqlTransaction(async (tx) => {
        const result = await work(unlocked(tx));
        running -= 1;
        if (running === 0) commit();
        await everybody;
        return result;
      }),
  };
}

/** A person with an endpoint, in the world without jobs. */
async function someone(): Promise<string> {
  const userId = newId('usr');
  const endpoint = { id: newId('psh'), userId, sessionId: newId('ses'), endpoint: newId('x') };
  await idle.database.pushEndpoint.create({ data: { ...endpoint, host: 'push.example.com', p256dh: '', auth: '' } });
  return userId;
}

test('while a service is left alone, none of its hosts is sent to', async () => {
  const { database } = idle;
  const deliveries = new PushDeliveryRepository(database);
  const pausedUntil = new Date(Date.now() + 60_000);
  await database.pushHost.create({ data: { host: 'example.com', failures: 3, pausedUntil } });
  const paused = await someone();
  await deliveries.add([message(paused)]);
  expect(await deliveries.claim('BULK', 10)).toEqual([]);
  await database.pushHost.deleteMany({ where: { host: 'example.com' } });
  expect(await deliveries.claim('BULK', 10)).toMatchObject([{ userId: paused, host: 'push.example.com' }]);
});

test('what one process is sending, another does not send, and waits for no lock', async () => {
  const { database } = idle;
  const userId = await someone();
  await new PushDeliveryRepository(database).add(Array.from({ length: 5 }, () => message(userId, { lane: 'BULK' })));
  const [first, second] = await database.$sqlTransaction(async (tx) => [
    await new PushDeliveryRepository(tx).claim('BULK', 3),
    await new PushDeliveryRepository(database).claim('BULK', 5),
  ]);
  expect([first?.length, second?.length]).toEqual([3, 2]);
  expect(new Set([...(first ?? []), ...(second ?? [])].map(({ id }) => id)).size).toBe(5);
});

test('a claim takes no more than its limit when the planner expects a single row', async () => {
  const { database } = idle;
  await database.$executeRaw`TRUNCATE push_endpoints CASCADE`;
  const deliveries = new PushDeliveryRepository(database);
  const userId = await someone();
  await deliveries.add([message(userId)]);
  await database.$executeRaw`ANALYZE push_deliveries, push_endpoints, push_hosts`;
  await deliveries.add([message(userId), message(userId)]);
  expect(await deliveries.claim('BULK', 1)).toHaveLength(1);
});

test('what is due now can be claimed at once', async () => {
  const userId = await someone();
  const deliveries = new PushDeliveryRepository(idle.database);
  for (let round = 0; round < 50; round += 1) {
    await deliveries.add([message(userId)]);
    expect((await deliveries.claim('BULK', 100)).filter((each) => each.userId === userId)).toHaveLength(1);
  }
});

test('bulk messages do not stand before those that somebody waits for', async () => {
  const userId = await someone();
  const deliveries = new PushDeliveryRepository(idle.database);
  await deliveries.add([
    message(userId, { lane: 'BULK' }),
    message(userId, { lane: 'TRANSACTIONAL', message: about('Booked') }),
  ]);
  expect(await deliveries.claim('TRANSACTIONAL', 1)).toMatchObject([{ message: about('Booked'), attempts: 1 }]);
});

test('of a topic, only the newest message waits', async () => {
  const userId = await someone();
  const deliveries = new PushDeliveryRepository(idle.database);
  const on = (topic: string | null, name: string) => message(userId, { message: about(name), topic });
  await deliveries.add([on('booking', 'first'), on(null, 'other'), on('booking', 'second')]);
  await deliveries.add([on('booking', 'third')]);
  const left = await idle.database.pushDelivery.findMany({ where: { userId }, orderBy: { id: 'asc' } });
  expect(left.map((each) => each.message)).toEqual([about('other'), about('third')]);
});

test('what nobody wants any more is not sent, and is deleted', async () => {
  const userId = await someone();
  const deliveries = new PushDeliveryRepository(idle.database);
  await deliveries.add([message(userId, { message: about('over'), expiresAt: new Date(Date.now() - 1) })]);
  expect((await deliveries.claim('BULK', 100)).map((each) => each.message)).not.toContainEqual(about('over'));
  expect(await deliveries.deleteExpired()).toBe(1);
});

/** Four pushes of a kind within the hour, then two processes with one each. @returns how many go out alone */
async function sentAtOnce(through: (database: SqlDatabase) => SqlDatabase): Promise<number> {
  const { database } = idle;
  const userId = await someone();
  const [{ id: endpointId } = { id: '' }] = await database.pushEndpoint.findMany({ where: { userId } });
  const sent = Array.from({ length: 4 }, () => new Date());
  await database.pushPace.create({ data: { endpointId, kind: 'BOOKING', sent } });
  const deliveries = new PushDeliveryRepository(database);
  await deliveries.add([message(userId), message(userId)]);
  const claimed = (await deliveries.claim('BULK', 1_000)).filter((delivery) => delivery.userId === userId);
  expect(claimed).toHaveLength(2);
  const paces = new PushPaceRepository(through(database));
  const plans = await Promise.all(claimed.map((delivery) => paces.plan([delivery])));
  return plans.flat().length;
}

test('processes that plan for a browser at once keep its limit together', async () => {
  expect(await sentAtOnce((database) => database)).toBe(1);
});

test('control: when neither waits for what the other has sent, they exceed it', async () => {
  expect(await sentAtOnce(readingAtOnce)).toBe(2);
});

/** Transactions that read without a lock, and go on when both have read. */
function readingAtOnce(database: SqlDatabase): SqlDatabase {
  let reading = 2;
  let goOn = (): void => undefined;
  const both = new Promise<void>((resolve) => (goOn = resolve));
  const unlocked = (tx: SqlTransaction): SqlTransaction => ({
    $executeRaw: (query, ...values) => tx.$executeRaw(query, ...values),
    $queryRaw: async <R>(query: TemplateStringsArray, ...values: unknown[]) => {
      const strings = query.map((text) => text.replace('FOR UPDATE', ''));
      const rows = await tx.$queryRaw<R>(Object.assign(strings, { raw: strings }), ...values);
      reading -= 1;
      if (reading === 0) goOn();
      await both;
      return rows;
    },
  });
  return { ...database, $sqlTransaction: (work) => database.$sqlTransaction((tx) => work(unlocked(tx))) };
}

test('endpoints that never answer pause no service that deals with others, nor lengthen a pause', async () => {
  const { database } = idle;
  const hosts = new PushHostRepository(database);
  const record = (host: string, isUp: boolean) => hosts.record([{ host, isUp, pauseMs: 0 }]);
  const ofHost = (host: string) => database.pushHost.findUnique({ where: { host } });
  await record('up.example', true);
  for (let batch = 0; batch < 5; batch += 1) {
    await record('up.example', false);
    await record('down.example', false);
  }
  expect(await ofHost('up.example')).toMatchObject({ failures: 0 });
  // The third began the pause, and what was sent before it says nothing new.
  expect(await ofHost('down.example')).toMatchObject({ failures: 3 });
  const ago = new Date(Date.now() - 31_000);
  await database.pushHost.update({ where: { host: 'up.example' }, data: { upAt: ago } });
  await record('up.example', false);
  expect(await ofHost('up.example')).toMatchObject({ failures: 1, upAt: ago });
});
