import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';
import { answer } from '../raw-server.ts';
import { always, ask, DATA, rawServers } from '../raw-servers.ts';
import { subgraphRequest } from '../request.ts';

const { serve, serveHeld } = rawServers('http1');

test('the most recently used connection is reused first', async () => {
  const { server, transport, release, held } = await serveHeld();
  const both = [ask(transport, 1), ask(transport, 2)];
  await eventually(() => expect(held).toHaveLength(2));
  const [first, second] = [...held];
  release();
  await Promise.race(both);
  release();
  await Promise.all(both);
  for (const expected of [second, second]) {
    const next = ask(transport);
    await eventually(() => expect(held).toEqual([expected]));
    release();
    expect(await next).toEqual(DATA);
  }
  expect(server.connections).toHaveLength(2);
  expect(first?.received.match(/POST/g)).toHaveLength(1);
});

test('a request that is aborted while it waits uses no connection', async () => {
  const { server, transport, held, release } = await serveHeld({ connections: 1 });
  const running = ask(transport, 1);
  const abort = new AbortController();
  const abandoned = transport.execute(...subgraphRequest({ signal: abort.signal }));
  const last = ask(transport, 2);
  abort.abort();
  await expect(abandoned).rejects.toMatchObject({ reason: 'cancelled' });
  for (const call of [running, last]) {
    await eventually(() => expect(held).toHaveLength(1));
    release();
    expect(await call).toEqual(DATA);
  }
  expect([server.connections.length, server.requests]).toEqual([1, 2]);
});

test.each([
  ['after the time that the server announces', 'keep-alive: timeout=2\r\n', 1_000],
  ['after four seconds if it announces none', '', 4_000],
])('an idle connection is closed %s', async (_name, headers, ms) => {
  const clock = { now: 1_000_000 };
  const { server, transport } = await serve(always(answer(DATA, headers)), { now: () => clock.now });
  await ask(transport);
  clock.now += ms - 1;
  await ask(transport);
  expect(server.connections).toHaveLength(1);
  clock.now += ms;
  await ask(transport);
  expect(server.connections).toHaveLength(2);
  clock.now += ms;
  await eventually(() => expect(server.open).toBe(0));
});

test('an idle connection does not keep the process alive, a busy one does', async () => {
  const { transport, held, release } = await serveHeld();
  const alive = () => process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;
  const first = ask(transport);
  await eventually(() => expect(held).toHaveLength(1));
  const busy = alive();
  release();
  await first;
  expect(alive()).toBe(busy - 1);
  const second = ask(transport);
  expect(alive()).toBe(busy);
  await eventually(() => expect(held).toHaveLength(1));
  release();
  await second;
});
