import { ANONYMOUS } from '@marquee/identity';
import { eventually } from '@marquee/testkit';
import { describe, expect, test } from 'vitest';
import { HTTP_CLIENTS } from '../../src/transports/http.ts';
import { answer, type RawConnection } from './raw-server.ts';
import { always, ask, DATA, rawServers } from './raw-servers.ts';
import { subgraphRequest } from './request.ts';

describe.each(HTTP_CLIENTS)('%s', (client) => {
  const { serve } = rawServers(client);

  test('headers and bodies beyond ASCII keep their bytes, also together in one request', async () => {
    const { server, transport } = await serve(always(answer(DATA)));
    const [request, context] = subgraphRequest({
      variables: { name: '–' },
      client: { address: '::1', userAgent: 'Zo\xeb\t1' },
    });
    await transport.execute(request, context);
    const { received } = server.connections[0] as RawConnection;
    expect(received).toContain('\r\nuser-agent: Zo\xeb\t1\r\n');
    expect(received.endsWith(Buffer.from(request.body).toString('latin1'))).toBe(true);
  });

  test.each([
    ['a line end', { identity: { caller: ANONYMOUS, authorization: 'Bearer t\r\nx-admin: 1' } }],
    ['CR', { trace: { traceId: 'a', traceparent: 'a\rb' } }],
    ['LF', { client: { address: '::1\n', userAgent: null } }],
    ['NUL', { client: { address: null, userAgent: 'a\0' } }],
    ['a character that is no byte', { client: { address: null, userAgent: 'Zoë –' } }],
  ])('a header with %s fails its request, and nothing of it is sent', async (_name, more) => {
    const { server, transport } = await serve(always(answer(DATA)));
    await expect(transport.execute(...subgraphRequest(more))).rejects.toMatchObject({
      subgraph: 'catalog',
      reason: 'unreachable',
      cause: expect.any(TypeError),
    });
    expect(server.connections).toEqual([]);
    expect(await ask(transport)).toEqual(DATA);
  });

  test('a response may end with its connection', async () => {
    const text = 'HTTP/1.1 200 OK\r\n\r\n{"data":{"a":"é"}}';
    const { transport } = await serve(({ socket }) => void socket.end(text));
    const data = { data: { a: 'é' } };
    expect(await Promise.all([ask(transport), ask(transport)])).toEqual([data, data]);
  });

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

  test('a response above the limit is rejected and its connection closed', async () => {
    const text = answer({ data: { a: 'x'.repeat(2_000) } }).replace(/content-length: \d+/, '');
    const { server, transport } = await serve(always(text), { maxResponseBytes: 1_000 });
    await expect(ask(transport)).rejects.toMatchObject({ reason: 'response' });
    await eventually(() => expect(server.open).toBe(0));
  });

  test('a large response is complete, chunked or not, in pieces of any size', async () => {
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

  test('interim responses and splits at any byte change nothing', async () => {
    const text = Buffer.from(`HTTP/1.1 103 Early Hints\r\na: b\r\n\r\n${answer({ data: { a: 'é' } })}`);
    const { transport } = await serve(async ({ socket }) => {
      for (const piece of pieces(text, 1)) await new Promise((resolve) => socket.write(piece, resolve));
    });
    expect(await ask(transport)).toEqual({ data: { a: 'é' } });
    expect(await ask(transport)).toEqual({ data: { a: 'é' } });
  });
});

function pieces(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}
