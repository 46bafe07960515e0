import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type GatewayUnderTest, startGateway } from './gateway-under-test.ts';

const HEAD = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';

async function open({ url }: GatewayUnderTest): Promise<{ socket: Socket; read: () => string }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  let text = '';
  socket.on('data', (data) => (text += String(data)));
  await once(socket, 'connect');
  return { socket, read: () => text };
}

const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;

/** A body that ends with a query, in chunks of a size. */
function chunked(padding: number, size: number): string {
  const body = `${' '.repeat(padding)}{"query":"{ shows { id } }"}`;
  const chunks = Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
    chunk(body.slice(index * size, (index + 1) * size)),
  );
  return `${HEAD}transfer-encoding: chunked\r\n\r\n${chunks.join('')}${chunk('')}`;
}

test('a body in chunks of a byte closes the connection long before its end, and is a security event', async () => {
  const under = await startGateway();
  const { socket, read } = await open(under);
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.write(chunked(100_000, 1));
  await closed;
  expect(read()).toBe('');
  const metrics = await under.gateway.metrics.metrics();
  expect(metrics).toMatch(/marquee_security_events_total\{kind="rate-limited"\} 1/);
  expect(await under.ask('{ shows { id } }')).toMatchObject({ status: 200 });
});

test.each([
  ['a small one, byte by byte', chunked(20, 1)],
  ['one of nearly a megabyte in the smallest packets of a usual network', chunked(1_000_000, 512)],
])('a body of an honest client is read: %s', async (_, request) => {
  const under = await startGateway();
  const { socket, read } = await open(under);
  socket.write(request);
  while (!read().includes('"shows"')) await once(socket, 'data');
  expect(read()).toMatch(/^HTTP\/1\.1 200/);
});
