import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { lingerOnRefusedBody } from '../../src/server/refused-bodies.ts';
import { startGateway } from './gateway-under-test.ts';

const MEGABYTE = 1 << 20;
const PIECE = Buffer.alloc(MEGABYTE, ' ');
const HEAD = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
const withLength = (megabytes: number): string => `${HEAD}content-length: ${megabytes * MEGABYTE}\r\n\r\n`;
const CHUNKED = `${HEAD}transfer-encoding: chunked\r\n\r\n`;
const CHUNK = Buffer.concat([Buffer.from(`${MEGABYTE.toString(16)}\r\n`), PIECE, Buffer.from('\r\n')]);

/** Writes a request's head and pieces of its body, and reads only then. @returns the response, and the pieces taken */
async function writeThenRead(port: number, head: string, pieces: readonly Buffer[]) {
  // Paused from the start: otherwise the socket would have read the response before the connection is reset.
  const socket = connect(port, '127.0.0.1').pause();
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await once(socket, 'connect');
  socket.write(head);
  let taken = 0;
  for (const piece of pieces) {
    const isTaken = new Promise<boolean>((resolve) => socket.write(piece, (error) => resolve(!error)));
    if (await Promise.race([isTaken, closed.then(() => false)])) taken += 1;
  }
  let response = '';
  socket.on('data', (data) => (response += String(data)));
  socket.resume();
  await closed;
  return { response, taken };
}

test.each([
  ['of a known length', withLength(8), PIECE],
  ['in chunks', CHUNKED, CHUNK],
])('a client that is still writing a body %s when it is refused reads why', async (_, head, piece) => {
  const { url } = await startGateway();
  const { response, taken } = await writeThenRead(Number(new URL(url).port), head, Array(8).fill(piece));
  expect(taken).toBe(8);
  expect(response).toMatch(/^HTTP\/1\.1 413 .*OPERATION_TOO_LARGE/s);
});

test('no more of a refused body is taken than a few megabytes', async () => {
  const { url } = await startGateway();
  const { taken } = await writeThenRead(Number(new URL(url).port), withLength(64), Array(64).fill(PIECE));
  expect(taken).toBeLessThan(32);
});

test('a client that stops sending its refused body is closed after the time allowed', async () => {
  const server = createServer((request, response) => {
    lingerOnRefusedBody(request, { ms: 20, bytes: MEGABYTE });
    response.writeHead(413, { connection: 'close' }).end('too large');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const closed = new Promise((resolve) => {
    server.once('connection', (socket) => socket.once('close', () => resolve('closed')));
  });
  const { port } = server.address() as AddressInfo;
  // Keeps its side open when the other has ended.
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).resume();
  onTestFinished(() => void client.destroy());
  client.write(withLength(8));
  expect(await closed).toBe('closed');
});
