import { eventually } from '@marquee/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HTTP_CLIENTS, httpTransport } from '../../src/transports/http.ts';
import { answer } from './raw-server.ts';
import { always, ask, DATA, rawServers } from './raw-servers.ts';
import { subgraphRequest } from './request.ts';

describe.each(HTTP_CLIENTS)('%s', (client) => {
  const { serve, serveHeld } = rawServers(client);

  test('a request beyond the limit of connections waits for a free one, in order', async () => {
    const order: number[] = [];
    const { server, transport, held, release } = await serveHeld({ connections: 2 });
    const answers = [0, 1, 2, 3, 4, 5].map((index) => ask(transport, index).then(() => order.push(index)));
    for (let answered = 0; answered < 6; answered++) {
      await eventually(() => expect(held).toHaveLength(Math.min(2, 6 - answered)));
      release();
      await eventually(() => expect(order).toHaveLength(answered + 1));
    }
    await Promise.all(answers);
    expect(server.connections).toHaveLength(2);
    expect(order.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(order.slice(2)).toEqual([2, 3, 4, 5]);
  });

  test('a waiting request can be cancelled or time out, and the next one is sent', async () => {
    const { server, transport, held, release } = await serveHeld({ connections: 1 });
    const abort = new AbortController();
    const running = ask(transport, 1);
    const cancelled = transport.execute(...subgraphRequest({ signal: abort.signal }));
    const late = transport.execute(...subgraphRequest({ deadline: Date.now() + 20 }));
    const last = ask(transport, 2);
    abort.abort(new Error('gone'));
    await expect(cancelled).rejects.toMatchObject({ reason: 'cancelled', cause: { message: 'gone' } });
    await expect(late).rejects.toMatchObject({ reason: 'timeout' });
    await eventually(() => expect(held).toHaveLength(1));
    release();
    expect(await running).toEqual(DATA);
    await eventually(() => expect(held).toHaveLength(1));
    release();
    expect(await last).toEqual(DATA);
    expect(server.requests).toBe(2);
  });

  test('a request that is cancelled beforehand is not sent', async () => {
    const { server, transport } = await serve(always(answer(DATA)));
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(transport.execute(...subgraphRequest({ signal }))).rejects.toMatchObject({ reason: 'cancelled' });
    expect(server.connections).toEqual([]);
  });

  test('a cancelled request closes its connection and makes room for a waiting one', async () => {
    const { server, transport, held, release } = await serveHeld({ connections: 1 });
    const abort = new AbortController();
    const cancelled = transport.execute(...subgraphRequest({ signal: abort.signal }));
    const waiting = ask(transport);
    await eventually(() => expect(held).toHaveLength(1));
    abort.abort();
    await expect(cancelled).rejects.toMatchObject({ reason: 'cancelled' });
    await eventually(() => expect(held).toHaveLength(2));
    held.shift();
    release();
    expect(await waiting).toEqual(DATA);
    await eventually(() => expect([server.connections.length, server.open]).toEqual([2, 1]));
  });

  test('a response that has begun still times out at the deadline', async () => {
    const { server, transport } = await serve(always('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"dat'));
    await expect(transport.execute(...subgraphRequest({ deadline: Date.now() + 20 }))).rejects.toMatchObject({
      reason: 'timeout',
    });
    await eventually(() => expect(server.open).toBe(0));
  });

  test.each([
    ['says that it closes', answer(DATA, 'connection: close\r\n')],
    ['closes at once', answer(DATA, 'keep-alive: timeout=1\r\n')],
    ['is of HTTP/1.0', answer(DATA).replace('1.1', '1.0')],
    ['says more than an answer', `${answer(DATA)}HTTP/1.1 200 OK\r\n`],
  ])('a connection whose server %s is used once', async (_name, text) => {
    const { server, transport } = await serve(always(text));
    for (let request = 1; request <= 3; request++) {
      expect(await ask(transport)).toEqual(DATA);
      expect(server.connections).toHaveLength(request);
    }
    await eventually(() => expect(server.open).toBe(0));
  });

  test('a server that closes after each response unannounced still serves one request after another', async () => {
    const { transport, server } = await serve(({ socket }) => void socket.end(answer(DATA)), { connections: 1 });
    for (let request = 1; request <= 3; request++) {
      expect(await ask(transport)).toEqual(DATA);
      await eventually(() => expect(server.open).toBe(0));
    }
  });

  test('unrequested bytes close an idle connection', async () => {
    const { server, transport } = await serve(always(answer(DATA)));
    await ask(transport);
    server.connections[0]?.socket.write(answer({ data: { a: 'of another' } }));
    await eventually(() => expect(server.open).toBe(0));
    expect(await ask(transport)).toEqual(DATA);
  });

  test.each([['destroy'], ['end'], ['resetAndDestroy']] as const)(
    'a request on a stale connection (%s) fails and is not repeated',
    async (close) => {
      const { server, transport } = await serve(
        ({ socket }, request) => (request === 1 ? socket[close]() : socket.write(answer(DATA))),
        { connections: 1 },
      );
      await ask(transport);
      await expect(ask(transport)).rejects.toMatchObject({ reason: 'unreachable' });
      expect(server.connections.map(({ received }) => received.match(/POST/g)?.length)).toEqual([2]);
      expect(await ask(transport)).toEqual(DATA);
      expect(server.connections).toHaveLength(2);
    },
  );

  test('close() fails running, waiting and later requests', async () => {
    const { server, transport, held } = await serveHeld({ connections: 1 });
    const pending = [ask(transport, 1), ask(transport, 2)].map((call) =>
      expect(call).rejects.toMatchObject({ subgraph: 'catalog', reason: 'unreachable' }),
    );
    await eventually(() => expect(held).toHaveLength(1));
    await transport.close?.();
    await Promise.all(pending);
    await expect(ask(transport)).rejects.toMatchObject({ reason: 'unreachable' });
    await eventually(() => expect(server.open).toBe(0));
    expect(server.connections).toHaveLength(1);
  });

  test('a subgraph is found by its host name', async () => {
    const { server } = await serve(always(answer(DATA)));
    const transport = httpTransport('catalog', { url: server.url.replace('127.0.0.1', 'localhost') });
    onTestFinished(() => transport.close?.());
    expect(await ask(transport)).toEqual(DATA);
  });
});
