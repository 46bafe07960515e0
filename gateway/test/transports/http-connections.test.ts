import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { httpTransport, type HttpTransportOptions } from '../../src/transports/http.ts';
import type { SubgraphTransport } from '../../src/types.ts';
import { answer, type RawConnection, RawServer } from './raw-server.ts';
import { subgraphRequest } from './request.ts';

const DATA = { data: { a: 1 } };

async function serve(
  onRequest: (connection: RawConnection, request: number) => void,
  options: Partial<HttpTransportOptions> = {},
) {
  const server = await RawServer.listen(onRequest);
  const transport = httpTransport('catalog', { url: server.url, ...options });
  onTestFinished(() => transport.close?.());
  return { server, transport };
}

const always =
  (text: string) =>
  ({ socket }: RawConnection) =>
    void socket.write(text);

/** A server that answers when it is told to, the oldest request first. */
async function serveHeld(options: Partial<HttpTransportOptions> = {}) {
  const held: RawConnection[] = [];
  const { server, transport } = await serve((connection) => void held.push(connection), options);
  const release = (text = answer(DATA)) => held.shift()?.socket.write(text);
  return { server, transport, held, release };
}

const ask = (transport: SubgraphTransport, a = 0) => transport.execute(subgraphRequest({ variables: { a } }));

test('a request is one text of one head and one body', async () => {
  const { server, transport } = await serve(always(answer(DATA)), { now: () => 1_000 });
  const request = subgraphRequest({ variables: { name: 'Zoë 🎟' }, authorization: 'Bearer t', deadline: 6_000 });
  await transport.execute(request);
  const { host } = new URL(server.url);
  const body = Buffer.from(request.body).toString('latin1');
  expect(server.connections[0]?.received).toBe(
    [
      'POST /graphql HTTP/1.1',
      `host: ${host}`,
      'connection: keep-alive',
      'content-type: application/json',
      'accept: application/json',
      'marquee-timeout-ms: 5000',
      'authorization: Bearer t',
      `content-length: ${body.length}`,
      '',
      body,
    ].join('\r\n'),
  );
});

test('headers and bodies beyond ASCII keep their bytes, together too', async () => {
  const { server, transport } = await serve(always(answer(DATA)));
  const request = subgraphRequest({ variables: { name: '–' }, device: { address: '::1', userAgent: 'Zo\xeb\t1' } });
  await transport.execute(request);
  const { received } = server.connections[0] as RawConnection;
  expect(received).toContain('\r\nuser-agent: Zo\xeb\t1\r\n');
  expect(received.endsWith(Buffer.from(request.body).toString('latin1'))).toBe(true);
});

test.each([
  ['a line end', { authorization: 'Bearer t\r\nx-admin: 1' }],
  ['CR', { traceparent: 'a\rb' }],
  ['LF', { device: { address: '::1\n', userAgent: null } }],
  ['NUL', { device: { address: null, userAgent: 'a\0' } }],
  ['a character that is no byte', { device: { address: null, userAgent: 'Zoë –' } }],
])('a header with %s fails its request, and nothing of it is sent', async (_name, more) => {
  const { server, transport } = await serve(always(answer(DATA)));
  await expect(transport.execute(subgraphRequest(more))).rejects.toMatchObject({
    subgraph: 'catalog',
    reason: 'unreachable',
    cause: expect.any(TypeError),
  });
  expect(server.connections).toEqual([]);
  expect(await ask(transport)).toEqual(DATA);
});

test('a connection is used again, the latest first', async () => {
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

test('who finds all connections busy waits for its turn', async () => {
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

test('who waits for a connection can go or miss its deadline, and the others move up', async () => {
  const { server, transport, held, release } = await serveHeld({ connections: 1 });
  const abort = new AbortController();
  const running = ask(transport, 1);
  const cancelled = transport.execute(subgraphRequest({ signal: abort.signal }));
  const late = transport.execute(subgraphRequest({ deadline: Date.now() + 20 }));
  const last = ask(transport, 2);
  abort.abort(new Error('gone'));
  await expect(cancelled).rejects.toMatchObject({ reason: 'unreachable', cause: { message: 'gone' } });
  await expect(late).rejects.toMatchObject({ reason: 'timeout' });
  await eventually(() => expect(held).toHaveLength(1));
  release();
  expect(await running).toEqual(DATA);
  await eventually(() => expect(held).toHaveLength(1));
  release();
  expect(await last).toEqual(DATA);
  expect(server.connections.map(({ received }) => received.match(/POST/g)?.length)).toEqual([2]);
});

test('a request whose caller is gone before is not sent', async () => {
  const { server, transport } = await serve(always(answer(DATA)));
  const signal = AbortSignal.abort(new Error('gone'));
  await expect(transport.execute(subgraphRequest({ signal }))).rejects.toMatchObject({ reason: 'unreachable' });
  expect(server.connections).toEqual([]);
});

test('a request that is given up takes its connection with it, and makes room for who waits', async () => {
  const { server, transport, held, release } = await serveHeld({ connections: 1 });
  const abort = new AbortController();
  const cancelled = transport.execute(subgraphRequest({ signal: abort.signal }));
  const waiting = ask(transport);
  await eventually(() => expect(held).toHaveLength(1));
  abort.abort();
  await expect(cancelled).rejects.toMatchObject({ reason: 'unreachable' });
  await eventually(() => expect(held).toHaveLength(2));
  held.shift();
  release();
  expect(await waiting).toEqual(DATA);
  await eventually(() => expect([server.connections.length, server.open]).toEqual([2, 1]));
});

test('a slow answer is given up at its deadline, though it has begun', async () => {
  const { server, transport } = await serve(always('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"dat'));
  await expect(transport.execute(subgraphRequest({ deadline: Date.now() + 20 }))).rejects.toMatchObject({
    reason: 'timeout',
  });
  await eventually(() => expect(server.open).toBe(0));
});

test.each([
  ['after the time that the server tells', 'keep-alive: timeout=2\r\n', 1_000],
  ['after four seconds if it tells none', '', 4_000],
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

test('a server that closes after each answer, without a word of it, serves one request after another', async () => {
  const { transport, server } = await serve(({ socket }) => void socket.end(answer(DATA)), { connections: 1 });
  for (let request = 1; request <= 3; request++) {
    expect(await ask(transport)).toEqual(DATA);
    await eventually(() => expect(server.open).toBe(0));
  }
});

test('an answer may end with its connection', async () => {
  const text = 'HTTP/1.1 200 OK\r\n\r\n{"data":{"a":"é"}}';
  const { transport } = await serve(({ socket }) => void socket.end(text));
  const data = { data: { a: 'é' } };
  expect(await Promise.all([ask(transport), ask(transport)])).toEqual([data, data]);
});

test('bytes that nobody asked for close an idle connection', async () => {
  const { server, transport } = await serve(always(answer(DATA)));
  await ask(transport);
  server.connections[0]?.socket.write(answer({ data: { a: 'of another' } }));
  await eventually(() => expect(server.open).toBe(0));
  expect(await ask(transport)).toEqual(DATA);
});

test.each([['destroy'], ['end'], ['resetAndDestroy']] as const)(
  'a request on a connection that has gone stale (%s) fails and is not sent again',
  async (close) => {
    const { server, transport } = await serve(({ socket }, request) =>
      request === 1 ? socket[close]() : socket.write(answer(DATA)),
    );
    await ask(transport);
    await expect(ask(transport)).rejects.toMatchObject({ reason: 'unreachable' });
    expect(server.connections.map(({ received }) => received.match(/POST/g)?.length)).toEqual([2]);
    expect(await ask(transport)).toEqual(DATA);
    expect(server.connections).toHaveLength(2);
  },
);

test.each([
  ['nothing', ''],
  ['half a head', 'HTTP/1.1 200 OK\r\ncontent-le'],
  ['half a body', answer(DATA).slice(0, -1)],
  ['what is no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['two lengths', answer(DATA, 'content-length: 1\r\n')],
  ['a length and chunks', answer(DATA, 'transfer-encoding: chunked\r\n')],
  ['a head without an end', `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(20_000)}`],
])('a connection that brings %s is an unreachable subgraph', async (_name, text) => {
  const { server, transport } = await serve(({ socket }, request) =>
    request === 0 ? socket.end(text) : socket.write(answer(DATA)),
  );
  await expect(ask(transport)).rejects.toMatchObject({ reason: 'unreachable' });
  await eventually(() => expect(server.open).toBe(0));
  expect(await ask(transport)).toEqual(DATA);
});

test('an answer that is too large is refused, and its connection goes', async () => {
  const text = answer({ data: { a: 'x'.repeat(2_000) } }).replace(/content-length: \d+/, '');
  const { server, transport } = await serve(always(text), { maxResponseBytes: 1_000 });
  await expect(ask(transport)).rejects.toMatchObject({ reason: 'response' });
  await eventually(() => expect(server.open).toBe(0));
});

test('a large answer is read whole, chunked or not, in small pieces or large ones', async () => {
  const data = { data: { a: Array.from({ length: 40_000 }, (_, index) => `é${index}🎟`) } };
  const text = JSON.stringify(data);
  const chunked = (size: number) =>
    Buffer.concat(
      [
        Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'),
        ...pieces(Buffer.from(text), size).flatMap((piece) => [`${piece.length.toString(16)}\r\n`, piece, '\r\n']),
        '0\r\n\r\n',
      ].map((part) => Buffer.from(part)),
    );
  const answers = [Buffer.from(answer(data)), chunked(1_000), chunked(100_000), chunked(1 << 20)];
  const { transport } = await serve(({ socket }, request) => void socket.write(answers[request] as Buffer));
  for (const _ of answers) expect(await ask(transport)).toEqual(data);
});

test('interim answers and splits at any byte change nothing', async () => {
  const text = Buffer.from(`HTTP/1.1 103 Early Hints\r\na: b\r\n\r\n${answer({ data: { a: 'é' } })}`);
  const { transport } = await serve(async ({ socket }) => {
    for (const piece of pieces(text, 1)) await new Promise((resolve) => socket.write(piece, resolve));
  });
  expect(await ask(transport)).toEqual({ data: { a: 'é' } });
  expect(await ask(transport)).toEqual({ data: { a: 'é' } });
});

test('close() ends what is under way, what waits and what comes later', async () => {
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

test('a subgraph is found by its name', async () => {
  const { server } = await serve(always(answer(DATA)));
  const transport = httpTransport('catalog', { url: server.url.replace('127.0.0.1', 'localhost') });
  onTestFinished(() => transport.close?.());
  expect(await ask(transport)).toEqual(DATA);
});

function pieces(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}
