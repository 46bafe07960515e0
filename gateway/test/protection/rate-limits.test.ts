import { eventually, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { collect, startGateway } from '../server/gateway-under-test.ts';

const QUERY = '{ shows { id } }';

async function connect() {
  const { url, namespace } = testRedis();
  const redis = new Redis(url, { retryStrategy: () => 20 });
  redis.on('error', () => {});
  onTestFinished(() => redis.disconnect());
  await redis.ping();
  return { redis, namespace };
}

test('a user is limited over all gateways, and others are not affected', async () => {
  const shared = { ...(await connect()), settings: { rateLimits: { perCaller: 3 } } };
  const [one, two] = [await startGateway(shared), await startGateway({ ...shared })];
  const ask = async (under: typeof one, userId: string) =>
    under.ask(QUERY, { headers: { authorization: await under.keys.sign({ userId }) } });
  const statuses = [await ask(one, 'ann'), await ask(two, 'ann'), await ask(one, 'ann')].map(({ status }) => status);
  expect(statuses).toEqual([200, 200, 200]);
  const rejected = await ask(two, 'ann');
  expect(rejected.status).toBe(429);
  expect(rejected.body.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  const wait = Number(rejected.body.errors?.[0]?.extensions['retryAfterSeconds']);
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect(rejected.headers.get('retry-after')).toBe(String(wait));
  expect((await ask(two, 'eve')).status).toBe(200);
});

test('concurrent operations are each counted', async () => {
  const under = await startGateway({ ...(await connect()), settings: { rateLimits: { perNetwork: 3 } } });
  const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await under.ask(QUERY)).status));
  expect(statuses.toSorted()).toEqual([200, 200, 200, 429, 429]);
});

test('a caller far below a limit is counted later, and still limited', async () => {
  const { redis, namespace } = await connect();
  const under = await startGateway({ redis, namespace, settings: { rateLimits: { perNetwork: 200 } } });
  const counted = async () => Number((await redis.get(`${namespace}:rate:network:127.0.0.1`)) ?? 0);
  for (let n = 0; n < 20; n++) expect((await under.ask(QUERY)).status).toBe(200);
  await eventually(async () => expect(await counted()).toBe(20));
  const statuses: number[] = [];
  for (let n = 0; n < 19; n++) {
    statuses.push(...(await Promise.all(Array.from({ length: 10 }, async () => (await under.ask(QUERY)).status))));
  }
  expect(statuses.filter((status) => status === 200)).toHaveLength(180);
  expect(statuses.filter((status) => status === 429)).toHaveLength(10);
});

test('an address is limited over all its callers, over sockets too', async () => {
  const under = await startGateway({ ...(await connect()), settings: { rateLimits: { perNetwork: 2 } } });
  const socket = under.client();
  const first = collect(socket, QUERY);
  await eventually(() => expect(first.end).toEqual({}));
  expect((await under.ask(QUERY)).status).toBe(200);
  expect((await under.ask(QUERY, { headers: { authorization: await under.keys.sign() } })).status).toBe(429);
  const rejected = collect(socket, QUERY);
  await eventually(() => expect(rejected.end?.error).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]));
});

test('the addresses of an IPv6 /64 are limited together, and the next /64 is not affected', async () => {
  const under = await startGateway({ settings: { rateLimits: { perNetwork: 1 }, trustedProxies: 1 } });
  const from = async (address: string) => (await under.ask(QUERY, { headers: { 'x-forwarded-for': address } })).status;
  expect(await from('2001:db8:0:1::1')).toBe(200);
  expect(await from('2001:db8:0:1:ffff::2')).toBe(429);
  expect(await from('2001:db8:0:2::1')).toBe(200);
});

test('without Redis each process has its own limits', async () => {
  const under = await startGateway({ settings: { rateLimits: { perNetwork: 1 } } });
  expect([(await under.ask(QUERY)).status, (await under.ask(QUERY)).status]).toEqual([200, 429]);
});

test('while Redis is down each process has its own limits, and a metric shows it', async () => {
  const { redis, namespace } = await connect();
  const under = await startGateway({ redis, namespace, settings: { rateLimits: { perNetwork: 2 } } });
  redis.disconnect();
  await eventually(() => expect(redis.status).not.toBe('ready'));
  const statuses = [await under.ask(QUERY), await under.ask(QUERY), await under.ask(QUERY)].map(({ status }) => status);
  expect(statuses).toEqual([200, 200, 429]);
  expect(await under.gateway.metrics.metrics()).toMatch(/rate_limit_failures_total [12]/);
});

test('limits can be disabled, but not in production', async () => {
  const under = await startGateway({ settings: { rateLimits: false } });
  expect((await under.ask(QUERY)).status).toBe(200);
  await expect(startGateway({ settings: { rateLimits: false, production: true } })).rejects.toThrow('production');
});
